"""How a public page is answered: from a kept copy where one is at hand, or not at all (304).

A copy of a stranger's page is kept under the page version (raised by every change that shows), the
address and the language, and is good until the next instant at which something on it would read
otherwise. A person who is signed in gets a page of their own (`public_page`), or, where the page is
the same for everybody (`shared_page`), a kept copy with their own parts put in: what is kept was
made for nobody in particular, and what is put in is never kept. So is a form that everybody is
shown alike (`form_page`): its token, its key and what is known of the person are put in.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

import clock
from events.calendar import end_of_day
from events.services.public_pages import PageState, current_state

LONGEST = dt.timedelta(minutes=5)
HTML = "text/html; charset=utf-8"
CALENDAR = "text/calendar; charset=utf-8"
#: A copy is kept for all: no name, no message and no form's token gets into one.
FOR_NOBODY = {"user": AnonymousUser(), "messages": (), "csrf_token": "NOTPROVIDED"}


@dataclass(frozen=True, slots=True)
class Page:
    """What a view found: a template with its facts, and when they next change."""

    template: str
    facts: dict[str, Any] = field(default_factory=dict)
    changes_at: dt.datetime | None = None

    def body(self, request: HttpRequest, more: dict[str, Any] | None = None) -> bytes:
        """The page in full; `more` are facts that win over those of the view."""
        facts = {"at": request.at, **self.facts, **(more or {})}
        return render_to_string(self.template, facts, request).encode()


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar file: the same for everybody."""

    content: bytes
    changes_at: dt.datetime | None = None

    def body(self, request: HttpRequest, more: dict[str, Any] | None = None) -> bytes:
        """The file; it has no place for more."""
        return self.content


@dataclass(frozen=True, slots=True)
class Copy:
    """A kept answer, good from `made_at` until `until`."""

    body: bytes
    etag: str
    made_at: dt.datetime
    until: dt.datetime

    def is_good(self, at: dt.datetime) -> bool:
        """May it be shown at this instant?"""
        return self.made_at <= at < self.until


View = Callable[..., Page | Feed]
Make = Callable[[], Page | Feed]
Part = Callable[[HttpRequest], str]


def is_stranger(request: HttpRequest) -> bool:
    """Nobody we know anything about: no session, no message waiting. Costs no query."""
    cookies = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
    return not cookies.intersection(request.COOKIES)


def public_page(view: View) -> Callable[..., HttpResponse]:
    """A page for everybody; `view` is called only when no copy of it is at hand."""

    @login_not_required
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **where: Any) -> HttpResponse:
        request.page_state = current_state(request.at)
        if is_stranger(request):
            return _shared(request, _copy(request, partial(view, request, **where)), HTML)
        return _private(view(request, **where).body(request))

    return answer


def shared_page(
    personal: Part | None = None, *, varies: Callable[..., str] | None = None
) -> Callable[[View], Callable[..., HttpResponse]]:
    """A page that says the same to everybody, but for one part of a person's own.

    `personal` makes that part, for people who are signed in; the template has a place for it where
    `is_for_a_person`. The view is asked as a stranger. What strangers may not see, a draft
    conference for instance, it is asked again for the person, and that page is not kept. `varies`
    names, for a request, what the page shows beyond the page version: a copy is kept for each.
    """

    def mark(view: View) -> Callable[..., HttpResponse]:
        @login_not_required
        @require_safe
        @wraps(view)
        def answer(request: HttpRequest, **where: Any) -> HttpResponse:
            request.page_state = current_state(request.at)
            make = partial(view, request, **where)
            variant = varies(request, **where) if varies else ""
            if is_stranger(request):
                return _shared(request, _copy(request, make, variant), HTML)
            has_part = personal is not None and request.user.is_authenticated
            try:
                body = _made_for_nobody(request, make, variant, has_part=has_part)
            except Http404:
                body = make().body(request)
            else:
                body = _put_in(body, _parts(request, personal if has_part else None))
            return _private(body)

        return answer

    return mark


def form_page(
    request: HttpRequest, make: Make, *, variant: str, parts: Callable[[], dict[str, str]]
) -> HttpResponse:
    """An empty form, the same for everybody but for `parts`, by the name of their places.

    `make` is asked as a stranger and must know nothing of the person; `variant` as in `shared_page`.
    The answer is nobody else's: it carries a token and perhaps a name.
    """
    request.page_state = current_state(request.at)
    body = _made_for_nobody(request, make, variant, has_part=True)
    person = {} if is_stranger(request) else _parts(request, None)
    return _private(_put_in(body, person | parts()))


def _private(body: bytes) -> HttpResponse:
    """An answer for one person: no cache keeps it."""
    response = HttpResponse(body, content_type=HTML)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _made_for_nobody(request: HttpRequest, make: Make, variant: str, *, has_part: bool) -> bytes:
    """The page as strangers see it, with the place for a part of one's own where it has one."""
    person, request.user = request.user, AnonymousUser()
    try:
        return _copy(request, make, variant, has_part=has_part).body
    finally:
        request.user = person


def _parts(request: HttpRequest, personal: Part | None) -> dict[str, str]:
    """What is this person's own, by the name of its place in the templates."""
    parts = {
        "account": render_to_string("components/account.html", request=request),
        "messages": render_to_string("components/messages.html", request=request),
    }
    return parts | ({"personal": personal(request)} if personal else {})


def _put_in(body: bytes, parts: dict[str, str]) -> bytes:
    """The body with each part between its two comments; nobody can type those, `<` is escaped."""
    for name, html in parts.items():
        before, opening, rest = body.partition(f"<!--{name}-->".encode())
        if not opening:  # this page has no such place
            continue
        _, closing, after = rest.partition(f"<!--/{name}-->".encode())
        body = b"".join((before, opening, html.encode(), closing, after))
    return body


def public_feed(view: View) -> Callable[..., HttpResponse]:
    """A calendar file for everybody, the same whoever asks."""

    @login_not_required
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **where: Any) -> HttpResponse:
        request.page_state = current_state(request.at)
        return _shared(request, _copy(request, partial(view, request, **where)), CALENDAR)

    return answer


def _copy(request: HttpRequest, make: Make, variant: str = "", *, has_part: bool = False) -> Copy:
    key = f"{_key(request, request.page_state)}:{variant}" + (":person" if has_part else "")
    kept = None if settings.DEBUG else caches["pages"].get(key)  # whoever edits a template sees it
    if kept is not None and kept.is_good(request.at):
        return kept
    found = make()
    body = found.body(request, FOR_NOBODY | {"is_for_a_person": has_part})
    until = _until(request, found.changes_at)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    copy = Copy(body, etag, request.at, until)
    caches["pages"].set(key, copy, LONGEST.total_seconds())
    return copy


def page_number(request: HttpRequest) -> str:
    """The only question a public page is asked: which page of a list; '' for the first.

    A view that asks it must read it here: a copy is kept under this answer, and read in any other
    way somebody could put another page in the place of the first.
    """
    number = request.GET.get("page", "")
    return number if number.isdecimal() and len(number) < 4 else ""


def _key(request: HttpRequest, state: PageState) -> str:
    address = f"{request.path}?{page_number(request)}"
    address = hashlib.sha256(address.encode()).hexdigest()[:32]
    release = getattr(staticfiles_storage, "manifest_hash", "")
    return f"page:{release}:{state.version}:{get_language()}:{address}"


def _until(request: HttpRequest, changes_at: dt.datetime | None) -> dt.datetime:
    """The earliest of: a fact changes, the imprint changes, the day ends, five minutes pass."""
    midnight = end_of_day(clock.in_london(request.at).date())
    candidates = (changes_at, request.page_state.imprint_changes_at, midnight)
    return min(request.at + LONGEST, *(instant for instant in candidates if instant is not None))


def _shared(request: HttpRequest, copy: Copy, content_type: str) -> HttpResponse:
    response = HttpResponse(copy.body, content_type=content_type)
    response["ETag"] = copy.etag
    patch_cache_control(response, no_cache=True)
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return get_conditional_response(request, etag=copy.etag, response=response)
