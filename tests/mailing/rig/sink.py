"""An SMTP server that can be slow, greylist, refuse, drop the line or die.

It writes a message to disk *before* it answers, the worst case for the sender: whoever dies in
between has sent a mail and does not know. Each line of the log is one accepted copy.

    python -m tests.mailing.rig.sink --port 2525 --log copies.jsonl --delay 0.03 --greylist 5
"""

from __future__ import annotations

import argparse
import json
import os
import socketserver
import threading
import time
import zlib
from collections import defaultdict, deque
from email.parser import BytesParser
from pathlib import Path

OK = {
    "connect": "220 sink",
    "ehlo": "250-sink\r\n250 8BITMIME",
    "mail": "250 ok",
    "rcpt": "250 ok",
    "data": "354 go on",
    "end": "250 written",
    "rset": "250 ok",
    "noop": "250 ok",
    "quit": "221 bye",
}


class Sink(socketserver.ThreadingTCPServer):
    """Answers from a script a stage, then from `OK`.

    A scripted answer is a reply line, `close` (drop the line), `stall` (say nothing), or `keep,`
    and one of these at the end of a message: write it first.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int, log: Path, *, delay: float = 0, greylist: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Session)
        self.log, self.delay, self.greylist = log, delay, greylist
        self.keeps_text = True
        self.script: dict[str, deque[str]] = defaultdict(deque)
        self.stages: list[str] = []
        self.connections = 0
        self._seen: set[str] = set()
        self._log = os.open(log, os.O_APPEND | os.O_CREAT | os.O_WRONLY)

    @property
    def port(self) -> int:
        return self.server_address[1]

    def copies(self) -> list[dict[str, str]]:
        """Every copy written so far."""
        return read_log(self.log)

    def keep(self, sender: str, recipient: str, raw: bytes) -> None:
        """Write one accepted copy."""
        parsed = BytesParser().parsebytes(raw, headersonly=True)
        line = {"id": parsed["Message-ID"].strip(), "to": recipient, "from": sender}
        if self.keeps_text:
            line["raw"] = raw.decode("latin-1")
        os.write(self._log, json.dumps(line).encode() + b"\n")

    def is_greylisted(self, recipient: str) -> bool:
        """One in `greylist` recipients is asked to come again the first time."""
        if (
            not self.greylist
            or zlib.crc32(recipient.encode()) % self.greylist
            or recipient in self._seen
        ):
            return False
        self._seen.add(recipient)
        return True


class Session(socketserver.StreamRequestHandler):
    """One connection."""

    server: Sink

    def handle(self) -> None:
        self.server.connections += 1
        try:
            self._talk()
        except (ConnectionError, _Dropped):
            return

    def _talk(self) -> None:
        self._answer("connect")
        sender = recipient = ""
        while line := self.rfile.readline():
            verb = line[:4].decode("ascii", "replace").lower().strip()
            if verb == "mail":
                sender = _address(line)
            if verb == "rcpt":
                recipient = _address(line)
                if self.server.is_greylisted(recipient):
                    self.wfile.write(b"451 4.7.1 greylisted, come again\r\n")
                    continue
            answer = self._answer({"helo": "ehlo"}.get(verb, verb))
            if verb == "data" and answer.startswith("354"):
                self._message(sender, recipient)
            if verb == "quit" or answer.startswith("421"):
                return

    def _message(self, sender: str, recipient: str) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return
            lines.append(line[1:] if line.startswith(b".") else line)
        script = self.server.script["end"]
        is_kept = not script or script[0].startswith("keep,")
        if script and script[0].startswith("keep,"):
            script[0] = script[0].removeprefix("keep,")
        if is_kept:
            self.server.keep(sender, recipient, b"".join(lines))
            time.sleep(self.server.delay)
        if self._answer("end").startswith("421"):
            raise _Dropped

    def _answer(self, stage: str) -> str:
        self.server.stages.append(stage)
        script = self.server.script[stage]
        answer = script.popleft() if script else OK.get(stage, "502 what?")
        if answer == "close":
            raise _Dropped
        if answer == "stall":
            time.sleep(3)
            raise _Dropped
        self.wfile.write(answer.encode() + b"\r\n")
        return answer


class _Dropped(Exception):
    """The session ends without another word."""


def _address(line: bytes) -> str:
    return line.split(b"<", 1)[-1].split(b">", 1)[0].decode("latin-1")


def read_log(log: Path) -> list[dict[str, str]]:
    """Every whole line of a sink's log (a sink that is killed may leave half a line)."""
    if not log.exists():
        return []
    return [json.loads(line) for line in log.read_text().splitlines() if line.endswith("}")]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--delay", type=float, default=0)
    parser.add_argument("--greylist", type=int, default=0)
    given = parser.parse_args()
    with Sink(given.port, given.log, delay=given.delay, greylist=given.greylist) as sink:
        sink.keeps_text = False
        thread = threading.Thread(target=sink.serve_forever, daemon=True)
        thread.start()
        thread.join()


if __name__ == "__main__":
    main()
