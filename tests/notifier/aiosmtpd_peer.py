# SPDX-License-Identifier: MIT
"""A mail server that is not ours: aiosmtpd with STARTTLS and AUTH, judging by Python's email package.

Prints its port, then one JSON line for each message, and ends after COUNT of them or 30 seconds.
Usage: aiosmtpd_peer.py CERT KEY COUNT
"""
import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Judge:
    def __init__(self, count):
        self.left = count
        self.done = asyncio.Event()

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        defects = [repr(d) for part in message.walk() for d in part.defects]
        defects += [repr(d) for header in message.values() for d in header.defects]
        print(json.dumps({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None,
            "subject": message["Subject"],
            "message_id": message["Message-ID"],
            "sender": str(message["From"].addresses[0].display_name),
            "defects": defects,
            "types": [part.get_content_type() for part in message.walk()],
            "text": message.get_body(("plain",)).get_content(),
            "html": message.get_body(("html",)).get_content(),
        }), flush=True)
        self.left -= 1
        return "250 taken"


class Peer(SMTP):
    """Knows when the client has gone, and so has the answer to its last message."""

    def connection_lost(self, error):
        super().connection_lost(error)
        if self.event_handler.left == 0:
            self.event_handler.done.set()


def authenticate(server, session, envelope, mechanism, data):
    right = data.login == b"desk" and data.password == b"secret word"
    return AuthResult(success=right, handled=False)


async def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    judge = Judge(int(sys.argv[3]))
    server = await asyncio.get_running_loop().create_server(
        lambda: Peer(judge, tls_context=context, require_starttls=True, auth_required=True,
                     authenticator=authenticate, hostname="peer.example.org"),
        "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    try:
        await asyncio.wait_for(judge.done.wait(), 30)
    except asyncio.TimeoutError:
        pass


asyncio.run(main())
