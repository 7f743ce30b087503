"""What is written to the log: when, which route, how it ended, how long it took. Never who.

No names, addresses, tokens, bodies, IP addresses or paths (a path holds references and tokens):
a request is named by its route. A traceback keeps its places and the kind of error but loses the
error's words, since those quote values. What still looks like an e-mail address is covered up.
"""

from __future__ import annotations

import logging
import re
import sys
import time
import traceback
import uuid
from collections.abc import Callable
from types import TracebackType
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")
#: Django and gunicorn put the path or the caller into these messages; the route says enough.
PATH_LOGGERS = ("django.request", "django.security", "gunicorn.error")

logger = structlog.get_logger("coopconf.request")


class RequestLogMiddleware:
    """One line a request, with a request id on every line written meanwhile."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            if request.resolver_match or response.status_code >= 400:  # static files are not told
                logger.log(
                    logging.ERROR if response.status_code >= 500 else logging.INFO,
                    "request",
                    method=request.method,
                    route=route_of(request),
                    status=response.status_code,
                    ms=round((time.perf_counter() - started) * 1000),
                )
        response.headers["X-Request-ID"] = request_id
        return response


def route_of(request: HttpRequest) -> str:
    """The name of the route, or its pattern; '-' where nothing matched."""
    match = request.resolver_match
    return (match.view_name or match.route) if match else "-"


def places_of(
    kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
) -> list[str]:
    """A traceback without words: the kind of error and where it passed, outermost first."""
    frames = traceback.extract_tb(trace)
    places = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    return [*places, getattr(kind, "__name__", "") or type(error).__name__]


def without_words(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Processor: replaces an exception by the places it passed."""
    info = event.pop("exc_info", None)
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    elif info is True:
        info = sys.exc_info()
    if info and info[0] is not None:
        event["places"] = places_of(*info)
    event.pop("stack_info", None)
    return event


def without_paths(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Processor: messages of libraries that quote the path or the caller lose their arguments."""
    arguments = event.pop("positional_args", ())
    record = event.get("_record")
    if record is not None and record.name.startswith(PATH_LOGGERS) and arguments:
        event["event"] = re.sub(r"%\(?\w*\)?[srd]", "…", str(record.msg))
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            event["route"] = route_of(request)
    return event


def without_addresses(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Processor, the last wall: anything that still looks like an e-mail address is covered up."""
    for key, value in event.items():
        if isinstance(value, str) and "@" in value:
            event[key] = ADDRESS.sub("[address]", value)
    return event


SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configuration(*, as_json: bool, level: str) -> dict[str, Any]:
    """The LOGGING setting: everything to standard error, as JSON lines or readable ones."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": _lines(as_json=as_json)},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # Our own line says the same without the path.
            "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
            "django.request": {"level": "ERROR"},
            "celery.beat": {"level": "WARNING"},
        },
    }


def _lines(*, as_json: bool) -> dict[str, Any]:
    renderer = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": SHARED,
        "processors": [
            without_paths,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            without_words,
            without_addresses,
            renderer,
        ],
        "pass_foreign_args": True,
    }
