#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs what the documents show: every command, every configuration, every rule.

A block without a language, or with "sh", holds commands; "yaml" a configuration or a part of one, which
is completed and checked; "rule" one rule a line; "text" what a program writes. Commands that are not
tocsin's are listed in ELSEWHERE with what runs them instead.
"""

import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import unittest

TOP = pathlib.Path(__file__).resolve().parents[2]
TOCSIN = os.environ.get("TOCSIN_BINARY", str(TOP / "build/dev/tocsin"))
DOCUMENTS = [TOP / "README.md", TOP / "CONTRIBUTING.md", *sorted((TOP / "docs").glob("*.md"))]

# First words of commands that are tried elsewhere: in a fresh root, in CI, by whoever installs.
ELSEWHERE = {"scripts/run", "scripts/test", "scripts/lint", "scripts/fuzz", "scripts/fresh-root",
             "scripts/try-package", ".ci/run", "cmake", "cpack", "sudo", "systemctl", "podman", "man"}

FEED = """<rss version="2.0"><channel><title>wire</title><item><guid>1</guid>
<link>https://wire.example/1</link><title>Peace talks in Astana</title>
<description>The nuclear agreement (JCPOA) is on the agenda of Ali Khamenei.</description>
</item></channel></rss>"""

ITEM = {"id": "1", "title": "Third round of peace talks in Kazakhstan's Astana", "feed": "tass"}

CONFIG = """
feeds:
  - {{name: tass, url: "file://{folder}/feed.xml", allow_file: true, first_fetch: all}}
  - {{name: tasnim, url: "file://{folder}/feed.xml?2", allow_file: true}}
watches:
  - {{name: astana-talks, severity: high, query: Astana NEAR/8 (talk* OR round*)}}
  - {{name: jcpoa, any: [JCPOA]}}
  - {{name: names, any: [Khamenei]}}
receivers:
  - {{name: desk, file: alerts.jsonl}}
  - {{name: desk-mail, webhook: "http://127.0.0.1:9/refused"}}
storage: {{path: {folder}/state}}
"""

# Completes a part of a configuration.
COMPLEMENT = {
    "feeds": 'feeds: [{name: tasnim, url: "https://a.example/f"}, {name: tass, url: "https://b.example/f"}]\n',
    "watches": "watches: [{name: jcpoa, any: [JCPOA]}]\n",
}


def blocks(path):
    """(line, language, text) of each fenced block."""
    text = path.read_text()
    for found in re.finditer(r"^```(\w*)\n(.*?)^```", text, re.M | re.S):
        yield text.count("\n", 0, found.start()) + 1, found.group(1), found.group(2)


def spans(path):
    """Commands within the text."""
    text = re.sub(r"^```.*?^```", "", path.read_text(), flags=re.M | re.S)
    return re.findall(r"`(tocsin [a-z][^`]*)`", text)


class Scratch:
    """A folder in which the documents' commands find what they name, and a state to look at."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="tocsin-docs-")
        self.path = pathlib.Path(self.folder.name)
        for name, text in {
            "feed.xml": FEED,
            "item.json": json.dumps(ITEM),
            "items.jsonl": json.dumps(ITEM) + "\n",
            "tocsin.yaml": CONFIG.format(folder=self.path),
            "new.yaml": CONFIG.format(folder=self.path).replace("JCPOA", "nuclear"),
            "old.yaml": CONFIG.format(folder=self.path),
        }.items():
            (self.path / name).write_text(text)
        (self.path / "backups").mkdir()
        for folder in ("bin", "build/release"):
            (self.path / folder).mkdir(parents=True)
            (self.path / folder / "tocsin").symlink_to(pathlib.Path(TOCSIN).resolve())
        self.environment = {**os.environ, "PATH": f"{self.path}/bin:{os.environ['PATH']}"}
        shutil.copytree(TOP / "examples", self.path / "examples")  # runs leave their state there
        self.run("tocsin run --config tocsin.yaml --once --log off")

    def ready(self, command):
        """The command as it is run here: paths of the system and ids are this folder's own."""
        command = command.replace("/etc/tocsin/", "").replace("/var/backups", f"{self.path}/backups")
        return re.sub(r"\b3f9a04\b", lambda _: self.event_id(), command)

    def event_id(self):
        listed = subprocess.run(
            [TOCSIN, "outbox", "list", "--config", "tocsin.yaml", "--json"],
            cwd=self.path, capture_output=True, text=True, check=True).stdout
        return json.loads(listed.splitlines()[0])["id"][:12]

    def run(self, command):
        return subprocess.run(["bash", "-c", self.ready(command)], cwd=self.path, env=self.environment,
                              capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)

    def run_daemon(self, command, beside=None):
        """Starts a daemon, runs `beside` when it is there, and stops it; the exit code of both."""
        with subprocess.Popen(["bash", "-c", "exec " + self.ready(command)], cwd=self.path,
                              env=self.environment, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True) as daemon:
            for line in daemon.stderr:
                if " daemon: running" in line:
                    break
            other = self.run(beside) if beside else None
            daemon.send_signal(signal.SIGTERM)
            daemon.stderr.read()
            status = daemon.wait(timeout=15)
        return other.returncode if other and other.returncode else status


class Commands(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = Scratch()

    @classmethod
    def tearDownClass(cls):
        cls.scratch.folder.cleanup()

    def try_command(self, command):
        words = shlex.split(command, comments=True)
        name = words[1]
        if any("://" in word for word in words):
            self.assertIn(name, ("discover", "record"), "reaches into the network")
            return self.try_options(command)
        if name == "reload":
            status = self.scratch.run_daemon("tocsin run --config tocsin.yaml", beside=command)
            return self.assertEqual(status, 0, command)
        if name == "run" and "--once" not in words:
            return self.assertEqual(self.scratch.run_daemon(command), 0, command)
        if name == "demo" and "--once" not in words:
            command += " --once"
        done = self.scratch.run(command)
        # Of the two receivers one refuses, which is for `run --once` to tell.
        self.assertIn(done.returncode, (0, 1) if name == "run" else (0,), command + "\n" + done.stderr)

    def try_options(self, command):
        """What cannot be run is at least understood: the command and its options are there."""
        words = command.split()
        helped = subprocess.run([TOCSIN, words[1], "--help"], capture_output=True, text=True)
        self.assertEqual(helped.returncode, 0, command)
        for option in re.findall(r"--[a-z-]+", command):
            self.assertIn(option, helped.stdout + "--help", command)

    def test_run_as_they_stand_in_blocks(self):
        count = 0
        for document in DOCUMENTS:
            for line, language, text in blocks(document):
                if language not in ("", "sh"):
                    continue
                for command in text.replace("\\\n", " ").splitlines():
                    first = command.strip("( ").split(" ")[0]
                    with self.subTest(place=f"{document.name}:{line}", command=command):
                        if first in ("tocsin", "build/release/tocsin"):
                            self.try_command(command)
                            count += 1
                        elif first == "cd":
                            pass
                        else:
                            self.assertIn(first, ELSEWHERE)
                            if "/" in first:
                                self.assertTrue(os.access(TOP / first, os.X_OK), first)
        self.assertGreater(count, 15)

    def test_named_in_the_text_are_understood(self):
        for document in DOCUMENTS:
            for command in spans(document):
                with self.subTest(document=document.name, command=command):
                    self.try_options(command)


class Configurations(unittest.TestCase):
    def test_check(self):
        count = 0
        for document in DOCUMENTS:
            for line, language, text in blocks(document):
                if language == "yaml":
                    with self.subTest(place=f"{document.name}:{line}"):
                        self.check(text)
                        count += 1
        self.assertGreater(count, 6)

    def check(self, text):
        keys = set(re.findall(r"^(\w+):", text, re.M))
        text += "".join(more for key, more in COMPLEMENT.items() if key not in keys)
        with tempfile.TemporaryDirectory() as folder:
            secrets = re.findall(r"_file: ([^\s,}]+)", text)
            for secret in secrets:
                path = pathlib.Path(folder) / secret.lstrip("/")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("a secret\n")
                path.chmod(0o600)
                text = text.replace(f"_file: {secret}", f"_file: {secret.lstrip('/')}")
            file = pathlib.Path(folder) / "tocsin.yaml"
            file.write_text(text)
            done = subprocess.run([TOCSIN, "check", str(file)], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


class Rules(unittest.TestCase):
    def test_compile(self):
        for document in DOCUMENTS:
            for line, language, text in blocks(document):
                if language != "rule":
                    continue
                rules = "".join(f"  - name: r{i}\n    query: |\n      {rule}\n"
                                for i, rule in enumerate(text.splitlines()))
                with self.subTest(place=f"{document.name}:{line}"):
                    done = subprocess.run([TOCSIN, "match", "--config", "/dev/stdin", "--count", "/dev/null"],
                                          input="watches:\n" + rules, capture_output=True, text=True)
                    self.assertEqual(done.returncode, 0, done.stderr)


class Links(unittest.TestCase):
    def test_lead_to_files_that_are_there(self):
        for document in [*DOCUMENTS, TOP / "ARCHITECTURE.md"]:
            for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text()):
                with self.subTest(document=document.name, target=target):
                    self.assertTrue((document.parent / target).exists())


class Readme(unittest.TestCase):
    def test_shows_what_the_demo_prints(self):
        shown = next(text for _, language, text in blocks(TOP / "README.md") if language == "text")
        demo = subprocess.run([TOCSIN, "demo", "--once"], capture_output=True, text=True, timeout=120)
        self.assertEqual(demo.returncode, 0, demo.stderr)
        for line in shown.splitlines():
            said = line.strip(" .")  # "..." stands for what is left out
            if said and not line.startswith("$"):
                self.assertIn(said, demo.stdout)


if __name__ == "__main__":
    unittest.main()
