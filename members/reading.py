"""What a request that only reads asks more than once is asked once.

Several sections of a page ask which offices a person holds, or what a body was granted. While a
request changes nothing, the first answer stands for the whole of it. A request that may write, a
task and a command ask each time, so that no service judges by what was read before its locks.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

from clock.middleware import SAFE_METHODS

Answer = TypeVar("Answer")

_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers_of_request", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """Within it nothing is asked twice."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to this question: asked now, or earlier in the same reading. Do not change it."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    return answers[question]


class ReadingMiddleware:
    """A GET or HEAD is one reading: it changes nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        with one_reading():
            return self.get_response(request)
