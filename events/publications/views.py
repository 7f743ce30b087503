"""Pages of publications: the list, one with the way to its file, the file, the mailed link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from events.models import DownloadTally, Publication, PublicationRequest
from events.publications import fetch, rules, services, tickets
from events.publications.forms import AddressForm, AskForm
from events.publications.listing import HOW
from events.uploads import as_attachment
from events.views.public import Page, shared_page
from members.limits import require_few

Access, Way = Publication.Access, DownloadTally.Way


@shared_page()
def publications(request: HttpRequest) -> Page:
    """Everything that is out, the newest first."""
    known = Publication.objects.filter(is_draft=False)
    rows = known.out(request.at).select_related("conference", "campaign")
    coming = known.filter(publish_at__gt=request.at).order_by("publish_at")
    facts = {
        "publications": [
            {"row": row, "how": HOW[Access(row.access)]}
            for row in rows.order_by("-publish_at", "title")
        ]
    }
    next_at = coming.values_list("publish_at", flat=True).first()
    return Page("events/publications/list.html", facts, next_at)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, its versions, and how to come by it."""
    found = fetch.publication(request, slug)
    ask = _FORMS.get(Access(found.access))
    form, ticket = None, ""
    if ask is not None and rules.way_in(found, request.user, "", request.at) is None:
        form = ask(request.POST or None, initial=_known(request))
        if request.method == "POST" and form.is_valid():
            try:
                require_few(request, "ask_for_publication")
                return _asked(request, found, form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, ValidationError(refusal.messages))
    return _page(request, found, form=form, ticket=ticket)


_FORMS = {Access.FORM: AskForm, Access.REGISTRANTS: AddressForm}


def _known(request: HttpRequest) -> dict[str, str]:
    user = request.user
    return {"name": user.name, "email": user.email} if user.is_authenticated else {}


def _asked(request: HttpRequest, found: Publication, given: dict[str, Any]) -> HttpResponse:
    """After the form the file is offered at once; whoever is registered looks in their mail."""
    if found.access == Access.REGISTRANTS:
        services.send_to_registrant(publication=found, email=given["email"], at=request.at)
        facts = {"publication": found, "address": given["email"]}
        return render(request, "events/publications/sent.html", facts)
    services.ask(publication=found, at=request.at, **given)
    until = request.at + tickets.AT_ONCE
    ticket = tickets.give(found, Way.FORM, until=until)
    return _page(request, found, ticket=ticket, address=given["email"])


def _page(
    request: HttpRequest,
    found: Publication,
    *,
    form: Any = None,
    ticket: str = "",
    address: str = "",
) -> HttpResponse:
    newest, *older = found.versions_out(request.at) or [None]
    facts = {
        "publication": found,
        "newest": newest,
        "older": older,
        "form": form,
        "ticket": ticket,
        "address": address,
        "link_lasts": services.LINK_LASTS.days,
        "may_take": rules.way_in(found, request.user, ticket, request.at) is not None,
        "is_preview": not found.is_out(request.at),
        "is_for_registrants": found.access == Access.REGISTRANTS,
    }
    return render(request, "events/publications/publication.html", facts)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def publication_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The file of a version. Pressing the button counts; a link that is followed does not."""
    found = fetch.publication(request, slug)
    version = next((one for one in found.versions_out(request.at) if one.number == number), None)
    if version is None:
        raise Http404
    way = rules.way_in(found, request.user, request.POST.get("ticket", ""), request.at)
    if way is None:
        messages.info(request, "Please say first how you would like to have it.")
        return redirect(found)
    answer = as_attachment(version.document, version.document_name, "application/pdf")
    if request.method == "POST":
        services.count(version=version, way=way, at=request.at)
    return answer


@login_not_required
@require_safe
def cover(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of the cover, drawn by us when it was uploaded."""
    found = fetch.publication(request, slug)
    if not found.cover:
        raise Http404
    return as_attachment(found.cover, f"{found.slug}.jpg", "image/jpeg")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mailed_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a mailed link: buttons for the file and, if it was ticked, for news."""
    row = services.find(token)
    ticket = None if row else tickets.read(token)
    if row is None and ticket is None:
        return render(request, "events/publications/no_link.html", status=404)
    known = Publication.objects.out(request.at)
    found = known.filter(pk=row.publication_id if row else ticket[0]).first()
    if found is None:
        return render(request, "events/publications/no_link.html", status=404)
    if request.method == "POST" and row is not None and request.POST.get("do") == "news":
        services.confirm_news(request=row, at=request.at)
        return redirect("events:publication-link", token=token)
    until = row.link_until if row else ticket[2]
    return _link_page(request, found.slug, row=row, until=until)


def _link_page(
    request: HttpRequest, slug: str, *, row: PublicationRequest | None, until: Any
) -> HttpResponse:
    found = fetch.publication(request, slug)
    newest, *older = found.versions_out(request.at) or [None]
    is_over = request.at >= until
    facts = {
        "publication": found,
        "newest": newest,
        "older": older,
        "until": until,
        "is_over": is_over,
        "ticket": "" if is_over else tickets.give(found, Way.LINK, until=until),
        "asks_news": row is not None and row.wants_news and row.news_confirmed_at is None,
        "has_news": row is not None and row.news_confirmed_at is not None,
    }
    answer = render(request, "events/publications/link.html", facts, status=410 if is_over else 200)
    answer["Referrer-Policy"] = "no-referrer"
    return answer
