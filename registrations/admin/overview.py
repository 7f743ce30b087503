"""Officers' screens: a conference at a glance, its delegations by their checklist, its take-up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

import clock
from events.models import Conference
from registrations import charts, checklist, documents, overview, rules, standings, take_up
from registrations.admin import screens
from registrations.delegations import Standing

STATE_HEADS = ("Body", "State", "In words", "Not in order or to look at", "Asks for more")
DAY_HEADS = ("Days before", "Day", "Change", "Places", "The year before")


def show(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Everything at a glance, each figure with the list behind it."""
    chosen = _screen(request)
    conference = chosen.chosen
    if conference is None:
        return screens.page(request, site, "overview", "Overview", chosen)
    found = standings.of_conference(conference, request.at)
    figures = overview.figures(conference)
    return screens.page(
        request,
        site,
        "overview",
        f"Overview: {conference}",
        chosen,
        figures=figures,
        is_postponed=conference.status == Conference.Status.POSTPONED,
        owing=documents.pounds(figures.owing),
        over=sum(1 for one in found if _is_over(one)),
        states=_counted(found),
        sold=overview.sold(conference),
        days=_days_to_go(conference, request),
        links=_links(conference),
        may=_may(request),
    )


def _screen(request: HttpRequest) -> screens.Choice:
    if not rules.may_see_overview(request.user):
        raise PermissionDenied
    return screens.choice(request)


def _may(request: HttpRequest) -> dict[str, bool]:
    user = request.user
    return {
        "read_lists": rules.may_read_lists(user),
        "read_needs": rules.may_read_needs(user),
        "write": rules.may_write_to_groups(user),
        "see_books": rules.may_record_payments(user),
    }


def _is_over(one: Standing) -> bool:
    """More places are booked than the body has, of one kind or the other."""
    return any(
        found.code == checklist.PLACES and found.level is checklist.Level.BLOCKING
        for found in one.findings
    )


def _counted(found: Iterable[Standing]) -> list[tuple[str, str, int]]:
    """(key, words, how many) of each state, the worst first; those that are nobody's left out."""
    counts = Counter(one.state for one in found)
    order = reversed(list(checklist.State))
    return [(state.name.lower(), state.value, counts[state]) for state in order if counts[state]]


def _days_to_go(conference: Conference, request: HttpRequest) -> int | None:
    if conference.starts_on is None:
        return None
    return (conference.starts_on - clock.in_london(request.at).date()).days


def _links(conference: Conference) -> dict[str, str]:
    """The filtered lists behind the figures."""

    def listed(model: str, **query: str) -> str:
        query["conference__id__exact"] = str(conference.pk)
        url = reverse(f"admin:registrations_{model}_changelist")
        return f"{url}?{urlencode(query)}"

    return {
        "bookings": listed("booking"),
        "unpaid": listed("booking", question="unpaid"),
        "unnamed": listed("booking", question="unnamed"),
        "drafts": listed("booking", question="draft"),
        "kept": listed("booking", question="kept"),
        "unanswered": listed("booking", question="unanswered"),
        "to_refund": listed("booking", question="owed"),
        "over": listed("delegation", question="over"),
    }


def states(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Each delegation with what its checklist says, all of them or those of one state."""
    chosen = _screen(request)
    found = standings.of_conference(chosen.chosen, request.at) if chosen.chosen else []
    counts = _counted(found)
    wanted = request.GET.get("state", "")
    shown = [one for one in found if wanted in ("", one.state.name.lower())]
    rows = [_told(one) for one in shown]
    if chosen.chosen is not None:
        answer = screens.handed_out(
            request, chosen.chosen, "delegations", STATE_HEADS, (row[1:] for row in rows)
        )
        if answer is not None:
            return answer
    title = f"Delegations: {chosen.chosen}"
    facts = {"rows": rows, "counts": counts, "wanted": wanted, "heads": STATE_HEADS}
    return screens.page(request, site, "states", title, chosen, **facts)


def _told(one: Standing) -> tuple[int, str, str, str, str, str]:
    wrong = (checklist.Level.BLOCKING, checklist.Level.WARNING)
    sentences = " ".join(found.sentence for found in one.findings if found.level in wrong)
    waiting = ", ".join(f"{row.places} for {row.get_kind_display()}" for row in one.waiting)
    row = one.delegation
    return row.pk, row.organisation.name, one.state.value, one.in_words, sentences, waiting


def days(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Take-up by day beside the year before, as a chart with its table."""
    chosen = _screen(request)
    conference = chosen.chosen
    if conference is None or conference.starts_on is None:
        return screens.page(request, site, "take_up", "Take-up", chosen)
    earlier = _compared(request, chosen)
    changed = take_up.changes(conference)
    before = take_up.changes(earlier) if earlier else None
    if not before:  # a year that was not sold here would be told as one to which nobody came
        earlier = before = None
    today = clock.in_london(request.at).date()
    found = take_up.days(conference.starts_on, changed, before, today=today)
    rows = [
        (day.before, f"{day.on:%Y-%m-%d}", day.change, day.places, day.earlier) for day in found
    ]
    answer = screens.handed_out(request, conference, "take-up", DAY_HEADS, rows)
    if answer is not None:
        return answer
    now = (conference.starts_on - today).days
    lines = [take_up.points(found, earlier=False), take_up.points(found, earlier=True)]
    return screens.page(
        request,
        site,
        "take_up",
        f"Take-up: {conference}",
        chosen,
        earlier=earlier,
        days=found,
        chart=charts.countdown(lines),
        now=now,
        places_now=take_up.places_at(changed, now),
        places_then=None if before is None else take_up.places_at(before, now),
        places_in_the_end=None if before is None else sum(before.values()),
    )


def _compared(request: HttpRequest, chosen: screens.Choice) -> Conference | None:
    """The conference it is compared with: `?against=`, or the year before."""
    slug = request.GET.get("against", "")
    found = next((row for row in chosen.conferences if row.slug == slug and row.starts_on), None)
    return found or take_up.year_before(chosen.chosen, chosen.conferences)
