#!/usr/bin/env python3
"""The world around the daemon, for end-to-end tests: a web server with a feed, a webhook receiver
and a mail server (aiosmtpd), all on loopback, all independent of tocsin's own code.

Reads commands, one JSON object a line, from standard input:
    {"feed": TEXT}       what /feed.xml serves from now on
    {"page": TEXT}       what every /page/NAME is from now on, as HTML; "": they answer 404
    {"hold_pages": BOOL} true: pages are asked for but not answered; false: answered again
    {"hold": BOOL}       true: requests and mail are taken but not answered; false: answered again
    {"fail": BOOL}       true: the webhook answers 503 and mail is refused with 451
    {"flow": N}          each poll of /flow/NAME.xml finds N more items, each about the JCPOA
    {"teasers": BOOL}    true: they name no subject, and link to a /page/NAME-NUMBER each
    {"trouble": P}       that part of all deliveries (0 to 1) goes wrong, each in a way of its own:
                         refused, cut off before it was taken, cut off after it was taken
    {"count": true}      asks for an event {"kind": "flow", "items": N}: how many items there were
Prints events, one JSON object a line, on standard output:
    {"kind": "ready", "http": PORT, "smtp": PORT}
    {"kind": "poll", "status": 200 or 304, "agent": TEXT}
    {"kind": "page", "path": TEXT}
    {"kind": "hook", "id", "signature_ok", "timestamp", "content_type", "event": {...}, "status"}
    {"kind": "mail", "from", "to", "headers": {...}, "types": [...], "plain", "html", "defects", "status"}
Ends when standard input does. The only argument is the webhook's secret ("whsec_" and base64).
"""
import asyncio
import base64
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import random
import sys
import threading

from aiosmtpd.smtp import SMTP

lock = threading.Lock()
released = threading.Event()
released.set()
pages_released = threading.Event()
pages_released.set()
state = {"feed": "", "page": "", "fail": False, "flow": 0, "trouble": 0,
         "teasers": False}
flows = {}  # how many items each flowing feed has had
FLOW_WINDOW = 400  # items that the feed shows: no poll that was lost may lose one
secret = base64.b64decode(sys.argv[1].removeprefix("whsec_"))


def say(event):
    with lock:
        sys.stdout.write(json.dumps(event) + "\n")
        sys.stdout.flush()


def flowing_feed(path):
    with lock:
        flows[path] = last = flows.get(path, 0) + state["flow"]
    name = path.removeprefix("/flow/").removesuffix(".xml")
    subject, folder = "JCPOA report", "https://news.example/flow/"
    if state["teasers"]:
        subject, folder = "Report", f"http://127.0.0.1:{web.server_address[1]}/page/"
    items = "".join(
        f"<item><title>{subject} {n} of {name}</title><guid>urn:flow:{name}:{n}</guid>"
        f"<link>{folder}{name}-{n}</link></item>"
        for n in range(last, max(0, last - FLOW_WINDOW), -1))
    return f'<rss version="2.0"><channel><title>Flow {name}</title>{items}</channel></rss>'


def misfortune():
    """How this delivery goes wrong, or "" when it goes right."""
    if random.random() >= state["trouble"]:
        return ""
    return random.choice(["refused", "lost", "taken, then lost"])


class Web(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, headers=(), body=b""):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    def do_page(self):
        say({"kind": "page", "path": self.path})
        pages_released.wait()
        try:
            self.answer(200 if state["page"] else 404, [("Content-Type", "text/html; charset=utf-8")],
                        state["page"].encode())
        except OSError:
            pass  # the daemon was killed

    def do_GET(self):
        if self.path.startswith("/page/"):
            return self.do_page()
        if self.path != "/feed.xml" and not self.path.startswith("/flow/"):
            return self.answer(404)
        body = (state["feed"] if self.path == "/feed.xml" else flowing_feed(self.path)).encode()
        etag = '"%s"' % hashlib.sha1(body).hexdigest()
        status = 304 if self.headers.get("If-None-Match") == etag else 200
        self.answer(status, [("ETag", etag), ("Content-Type", "application/rss+xml")], body)
        say({"kind": "poll", "status": status, "agent": self.headers.get("User-Agent", "")})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        event_id = self.headers.get("webhook-id", "")
        stamp = self.headers.get("webhook-timestamp", "")
        signed = f"{event_id}.{stamp}.".encode() + body
        wanted = "v1," + base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
        held = not released.is_set()
        trouble = misfortune()
        status = 0 if held or trouble == "lost" else 503 if state["fail"] or trouble == "refused" else 204
        say({"kind": "hook", "id": event_id, "timestamp": stamp, "status": status,
             "signature_ok": wanted in self.headers.get("webhook-signature", "").split(" "),
             "content_type": self.headers.get("Content-Type", ""), "event": json.loads(body)})
        if held:
            released.wait()
            status = 204
        if "lost" in trouble:
            self.close_connection = True
            return
        try:
            self.answer(status)
        except OSError:
            pass  # the daemon is gone: that is what some tests are about


class Mailbox:
    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = [part for part in message.walk() if not part.is_multipart()]
        text = {part.get_content_type(): part.get_content() for part in parts}
        held = not released.is_set()
        trouble = misfortune()
        status = 0 if held or trouble == "lost" else 451 if state["fail"] or trouble == "refused" else 250
        say({"kind": "mail", "from": envelope.mail_from, "to": envelope.rcpt_tos, "status": status,
             "headers": {name: str(value) for name, value in message.items()},
             "types": [part.get_content_type() for part in message.walk()],
             "plain": text.get("text/plain", ""), "html": text.get("text/html", ""),
             "defects": [repr(d) for part in message.walk() for d in part.defects]})
        if held:
            await asyncio.to_thread(released.wait)
            status = 250
        if "lost" in trouble:
            server.transport.abort()
        return "250 2.0.0 taken" if status == 250 else "451 4.3.0 not now"


def serve_mail(ports):
    async def main():
        server = await asyncio.get_running_loop().create_server(lambda: SMTP(Mailbox()), "127.0.0.1", 0)
        ports.append(server.sockets[0].getsockname()[1])
        ready.set()
        await server.serve_forever()
    asyncio.run(main())


ready = threading.Event()
ports = []
web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Web)
web.daemon_threads = True
threading.Thread(target=web.serve_forever, daemon=True).start()
threading.Thread(target=serve_mail, args=(ports,), daemon=True).start()
ready.wait()
say({"kind": "ready", "http": web.server_address[1], "smtp": ports[0]})
for line in sys.stdin:
    command = json.loads(line)
    if command.pop("count", False):
        say({"kind": "flow", "items": sum(flows.values())})
    if "hold_pages" in command:
        pages_released.clear() if command.pop("hold_pages") else pages_released.set()
    if "hold" in command:
        released.clear() if command.pop("hold") else released.set()
    state.update(command)
