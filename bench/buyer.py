"""A buyer without a browser: reads a form, fills it in, sends it, as many at once as asked."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlencode

from bench.stage import HOST, SLUG

PATH = f"/conferences/{SLUG}/book/me/"


class _Form(HTMLParser):
    """The values a browser would send for the page's last form, before anybody types."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.radios: dict[str, str] = {}

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "form":
            self.values, self.radios = {}, {}
        if tag != "input" or not given.get("name"):
            return
        if given.get("type") == "radio":
            self.radios.setdefault(given["name"], given.get("value") or "")
        elif given.get("type") not in {"checkbox", "submit"}:
            self.values[given["name"]] = given.get("value") or ""


class Buyer:
    """One visitor with a connection and cookies of their own."""

    def __init__(self, port: int, number: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.number = number
        self.cookies: dict[str, str] = {}
        self.requests = 0

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """One request; its status and text."""
        headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            # each buyer from a network of their own: the limit for one network is not the subject
            "X-Forwarded-For": f"10.{self.number // 65536}.{self.number // 256 % 256}."
            f"{self.number % 256}",
            "Referer": f"https://{HOST}{path}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        body = urlencode(fields) if fields is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        self.requests += 1
        return answer.status, text

    def book(self) -> str:
        """Two screens and a confirmation: 'booked', 'told' (a polite refusal) or 'failed …'."""
        status, page = self.ask("GET", PATH)
        if status != 200 or 'name="key"' not in page:
            return "told" if status == 200 else f"failed {status}"
        name = f"Buyer {self.number}"
        fields = _values(page) | {"name": name, "email": f"buyer{self.number}@example.org"}
        for step in ("review", "confirm"):
            status, page = self.ask("POST", PATH, fields | {"step": step})
            if status == 302:
                return "booked"
            if status != 200:
                return f"failed {status}"
            fields = _values(page)
            if step == "review" and "quoted" not in fields:
                return "told"
        return "told"


def _values(page: str) -> dict[str, str]:
    form = _Form()
    form.feed(page)
    return form.radios | form.values


@dataclass(frozen=True, slots=True)
class Rush:
    """What became of a crowd: answers by kind, and seconds from the first to the last."""

    answers: Counter[str]
    seconds: float
    requests: int


def rush(port: int, buyers: int) -> Rush:
    """So many buyers at once, each from the first page to the confirmation."""
    crowd = [Buyer(port, number) for number in range(buyers)]
    answers: Counter[str] = Counter()
    gate = threading.Barrier(buyers + 1)

    def go(buyer: Buyer) -> None:
        gate.wait()
        try:
            answer = buyer.book()
        except OSError as error:
            answer = f"failed {type(error).__name__}"
        answers[answer] += 1

    threads = [threading.Thread(target=go, args=(buyer,)) for buyer in crowd]
    for thread in threads:
        thread.start()
    gate.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return Rush(answers, time.perf_counter() - began, sum(buyer.requests for buyer in crowd))


def one_booking(port: int, number: int) -> tuple[float, int]:
    """Milliseconds and requests of one booking on a quiet server."""
    buyer = Buyer(port, number)
    buyer.ask("GET", "/bench/yardstick/1/")
    began, before = time.perf_counter(), buyer.requests
    answer = buyer.book()
    if answer != "booked":
        raise SystemExit(f"The bench could not book: {answer}")
    return (time.perf_counter() - began) * 1000, buyer.requests - before


def quiet_yardstick(port: int, times: int = 200) -> float:
    """Milliseconds of one yardstick request on a quiet server with the same client."""
    buyer = Buyer(port, 0)
    buyer.ask("GET", "/bench/yardstick/1/")
    began = time.perf_counter()
    for _ in range(times):
        buyer.ask("GET", "/bench/yardstick/1/")
    return (time.perf_counter() - began) * 1000 / times
