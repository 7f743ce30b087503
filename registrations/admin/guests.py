"""Lists for the hotel and the dinner, and the counts of needs, on screen, on paper and as files."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse

import clock
from events.models import Conference
from registrations import consents as allowed
from registrations import exports, guests, needs_counts, rules
from registrations.admin import screens
from registrations.models import Extra

YES = "yes"


def rooming(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Who sleeps on which night; who has access needs only for the access officer."""
    chosen = _lists(request)
    conference, reads = chosen.chosen, rules.may_read_needs(request.user)
    if conference is None:
        return screens.page(request, site, "rooming", "Hotel", chosen)
    nights, rows = guests.rooming(conference, reads_needs=reads)
    heads = ["Name", "For", *(_night(night) for night in nights), "Nights"]
    table: list[list[exports.Cell]] = [
        [guest.name, guest.body, *(YES if stays else "" for stays in had), sum(had)]
        + ([guest.need] if reads else [])
        for guest, had in rows
    ]
    heads += ["Access needs"] if reads else []
    answer = screens.handed_out(request, conference, "hotel", heads, table)
    if answer is not None:
        return answer
    counts = [sum(had[n] for _, had in rows) for n in range(len(nights))]
    facts = {"heads": heads, "table": table, "reads_needs": reads}
    facts["nights"] = [
        (_night(night), n, night.capacity) for night, n in zip(nights, counts, strict=True)
    ]
    return screens.page(request, site, "rooming", f"Hotel: {conference}", chosen, **facts)


def _lists(request: HttpRequest) -> screens.Choice:
    if not rules.may_read_lists(request.user):
        raise Http404
    return screens.choice(request)


def _night(night: Extra) -> str:
    return f"{night.on_date:%a %-d %b}" if night.on_date else night.name


def dinner(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Who dines, body by body; the diet only for the access officer."""
    chosen = _lists(request)
    conference, reads = chosen.chosen, rules.may_read_needs(request.user)
    if conference is None:
        return screens.page(request, site, "dinner", "Dinner", chosen)
    found = guests.dinner(conference, reads_needs=reads)
    heads = ["Dinner", "For", "Name", "Pass", *(["Diet"] if reads else [])]
    table: list[list[exports.Cell]] = [
        [name, guest.body, guest.name, guest.place.pass_type.name] + ([guest.need] if reads else [])
        for name, guest in found
    ]
    answer = screens.handed_out(request, conference, "dinner", heads, table)
    if answer is not None:
        return answer
    facts = {"heads": heads, "table": table, "reads_needs": reads}
    facts["unnamed"] = sum(1 for _, guest in found if not guest.place.name)
    return screens.page(request, site, "dinner", f"Dinner: {conference}", chosen, **facts)


def consents(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Who agreed to be on the list of delegates or, with `?list=pictures`, to be in pictures."""
    chosen = _lists(request)
    which = allowed.PICTURES if request.GET.get("list") == allowed.PICTURES else allowed.NAMES
    words = "In pictures" if which == allowed.PICTURES else "List of delegates"
    conference = chosen.chosen
    if conference is None:
        return screens.page(request, site, "consents", words, chosen)
    heads = ["Name", "For", "Pass"]
    people = [guests.Guest(place, frozenset()) for place in allowed.agreed(conference, which)]
    table: list[list[exports.Cell]] = [
        [one.name, one.body, one.place.pass_type.name] for one in people
    ]
    answer = screens.handed_out(request, conference, which, heads, table)
    if answer is not None:
        return answer
    facts = {"heads": heads, "table": table, "named": allowed.named(conference, which)}
    facts["is_of_pictures"] = which == allowed.PICTURES
    return screens.page(request, site, "consents", f"{words}: {conference}", chosen, **facts)


def needs(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Counts that may be passed on, for the access officer alone."""
    if not rules.may_read_needs(request.user):
        raise Http404
    chosen = screens.choice(request)
    if chosen.chosen is None:
        return screens.page(request, site, "needs_counts", "Counts of needs", chosen)
    today = clock.in_london(request.at).date()
    report = needs_counts.of_conference(chosen.chosen, today)
    facts = {"report": report, "least": needs_counts.LEAST, "url": _list_of_needs(chosen.chosen)}
    title = f"Counts of needs: {chosen.chosen}"
    return screens.page(request, site, "needs_counts", title, chosen, **facts)


def _list_of_needs(conference: Conference) -> str:
    return f"?place__booking__conference__id__exact={conference.pk}"
