"""Every address of the site, taken from the URL conf, with arguments that lead to real rows.

A route with arguments that is not listed in `ARGUMENTS` fails the tests that walk the site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from mailing import links as mail_links
from registrations.models import Credential, Payment
from tests.hostile.world import World

Given = list[dict[str, Any]]


@dataclass(frozen=True)
class Route:
    """A named pattern: 'motions:edit', 'admin:members_user_change'."""

    name: str
    arguments: tuple[str, ...]
    pattern: str


def routes() -> list[Route]:
    """Every named route; unnamed ones are the admin's redirects and its catch-all."""
    return list(dict.fromkeys(_walk(get_resolver(), "", "")))


def _walk(resolver: URLResolver, space: str, before: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            if entry.name:
                yield Route(f"{space}{entry.name}", tuple(_arguments(pattern)), pattern)
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, inner, pattern)


def _arguments(pattern: str) -> Iterator[str]:
    for part in pattern.split("<")[1:]:
        inner = part.split(">")[0]
        yield inner.rpartition(":")[2]


def _motions(*names: str) -> Callable[[World], Given]:
    return lambda w: [
        {"slug": w.conference.slug, "pk": getattr(w, f"motion_{name}").pk} for name in names
    ]


def _at(**of: str) -> Callable[[World], Given]:
    """Of the conference: `_at(pk="post")` is the post's number."""

    def _given(w: World) -> Given:
        return [
            {"slug": w.conference.slug, **{name: getattr(w, row).pk for name, row in of.items()}}
        ]

    return _given


def _spring(row: str) -> Callable[[World], Given]:
    """Of the conference whose awards were presented."""
    return lambda w: [{"slug": w.spring.slug, **({"pk": getattr(w, row).pk} if row else {})}]


def _conferences(w: World) -> Given:
    return [{"slug": row.slug} for row in (w.conference, w.free, w.draft)]


def _places(w: World) -> Given:
    return [{"reference": row.reference, "pk": row.places.first().pk} for row in (w.mine, w.theirs)]


def _body(w: World) -> Given:
    return [{"slug": w.body.slug}, {"slug": w.other.slug}]


def _sold(w: World) -> Given:
    return [{"slug": w.conference.slug, "code": code} for code in ("delegate", "visitor")]


ARGUMENTS: dict[str, Callable[[World], Given]] = {
    "mailing:unsubscribe": lambda w: [
        {"token": mail_links.unsubscribe(w.mail.message_id).rpartition("/")[2]}
    ],
    "members:body": _body,
    "members:invite": _body,
    "members:withdraw": lambda w: [{"slug": w.body.slug, "pk": w.invitation.pk}],
    "members:end": lambda w: [{"slug": w.body.slug, "pk": w.holding.pk}],
    "members:invitation": lambda w: [{"token": w.invitation_token}],
    **{f"events:report-{name}": _at(pk="notes") for name in ("arrange", "notes", "notes-back")},
    **{f"ideas:{name}": lambda w: [{"slug": w.ideas[0].call.slug}] for name in ("call", "send")},
    **{
        f"ideas:{name}": lambda w: [{"slug": row.call.slug, "pk": row.pk} for row in w.ideas]
        for name in ("idea", "support")
    },
    "ideas:confirm": lambda w: [{"token": "idea-token"}, {"token": "idea-sent-token"}],
    "ideas:confirm-support": lambda w: [{"token": "support-token"}],
    "events:campaign": lambda w: [{"slug": w.campaign.slug}],
    **{
        f"events:publication{name}": lambda w: [{"slug": row.slug} for row in w.publications]
        for name in ("", "-cover")
    },
    "events:publication-file": lambda w: [
        {"slug": row.slug, "number": number} for row in w.publications for number in (1, 2)
    ],
    "events:publication-link": lambda w: [{"token": "publication-token"}],
    "events:acting-for": lambda w: [{"slug": w.conference.slug, "body": w.body.slug}],
    "events:withdraw-authority": lambda w: [
        {"slug": w.conference.slug, "body": w.body.slug, "pk": w.authorisation.pk}
    ],
    **{
        f"registrations:{name}": lambda w: [{"slug": w.conference.slug, "body": w.body.slug}]
        for name in ("body", "delegation", "more_places", "lead", "certificates")
    },
    "registrations:blank_form": _sold,
    "registrations:door_replace": lambda w: [
        {"slug": w.conference.slug, "pk": badge.pk}
        for badge in Credential.objects.filter(place__booking__conference=w.conference)
    ],
    "registrations:confirm_interest": lambda w: [{"token": "interest-token"}],
    "registrations:booking": lambda w: [
        {"key": "link-token"},
        {"key": w.mine.reference},
        {"key": w.theirs.reference},
    ],
    "registrations:send_code": lambda w: [{"key": "link-token"}],
    "registrations:use_code": lambda w: [{"key": "link-token"}],
    "registrations:name_place": _places,
    "registrations:practice_card": lambda w: [{"key": "attempt"}],
    "registrations:ask_delegate": _places,
    "registrations:delegate_certificate": lambda w: [{"token": "delegate-token"}],
    "registrations:certificate": _places,
    "registrations:joining": lambda w: [{"token": "delegate-token"}],
    **{
        f"registrations:{name}": lambda w: [{"token": "delegate-token"}]
        for name in ("delegate", "delegate_support")
    },
    **{
        f"registrations:{name}": lambda w: [
            {"reference": row.reference} for row in (w.mine, w.theirs)
        ]
        for name in ("booking_support", "reduction")
    },
    "registrations:cancel_place": _places,
    "registrations:add_extra": lambda w: [{**one, "extra": w.extra.pk} for one in _places(w)],
    "registrations:statement": lambda w: [{"slug": w.conference.slug, "body": w.body.slug}],
    "registrations:invoice": lambda w: [{"reference": w.theirs.reference, "pk": w.invoice.pk}],
    "registrations:receipt": lambda w: [
        {"reference": w.mine.reference, "pk": w.mine.payments.first().pk}
    ],
    "registrations:remove_extra": lambda w: [
        {"reference": row.reference, "pk": row.lines.get(extra__isnull=False).pk}
        for row in (w.mine, w.theirs)
    ],
    "motions:blank-form": _at(call_pk="call"),
    "motions:motion": _motions("draft", "published", "sent", "foreign"),
    "motions:edit": _motions("draft", "foreign", "amendment"),
    "motions:together": _motions("draft", "foreign"),
    **{f"motions:{name}": _motions("published", "draft") for name in ("history", "keep", "note")},
    "motions:preview": _motions("draft", "amendment", "amendment_back"),
    "motions:confirm": _motions("waiting"),
    "motions:give-back": _motions("waiting"),
    "motions:withdraw": _motions("draft", "sent"),
    "motions:late": _motions("late"),
    "motions:appeal": _motions("sent"),
    "motions:amend": _motions("published"),
    "motions:amendment": _motions("amendment", "amendment_shown", "amendment_back"),
    "motions:answer-amendment": _motions("amendment_shown"),
    "motions:cac-amendments": _motions("published"),
    "motions:cac-catch-up": _motions("amendment_back"),
    "motions:receipt": lambda w: [{"slug": w.conference.slug, "number": n} for n in (1, 2)],
    "motions:cac-motion": _motions("sent", "published", "amendment_shown", "amendment_back"),
    "motions:cac-publish": _motions("sent"),
    **{
        f"motions:{name}": lambda w: [
            {"slug": w.conference.slug, "pk": row.pk} for row in (w.composite, w.composite_ended)
        ]
        for name in ("composite", "composite-desk", "composite-draft", "composite-amendments")
    },
    "motions:cac-beside": _at(pk="motion_sent", other_pk="motion_published"),
    "motions:agenda": _at(pk="agenda"),
    "motions:order": _at(pk="order_paper"),
    "motions:cac-order": _at(pk="order_paper"),
    "motions:chair-script": _at(pk="order_paper"),
    "motions:order-paper": lambda w: [
        {"slug": w.conference.slug, "pk": w.order_paper.pk, "form": form}
        for form in ("text", "pdf")
    ],
    **{
        f"motions:{name}": _motions("published")
        for name in ("chair-motion", "parts", "cac-decision", "decision")
    },
    **{
        f"motions:{name}": lambda w: [
            {"slug": w.conference.slug, "pk": w.agenda.pk, "form": form}
            for form in ("text", "word", "pdf")
        ]
        for name in ("agenda-paper", "agenda-errata")
    },
    "nominations:nominate": _at(pk="post"),
    "nominations:blank-form": _at(pk="post"),
    "nominations:withdraw": _at(pk="nomination"),
    "nominations:answer": lambda w: [{"token": "asked-token"}, {"token": "candidate-token"}],
    **{
        f"nominations:{name}": lambda w: [{"token": "agreed-token"}]
        for name in ("statement", "stand-down", "own-photo")
    },
    "nominations:candidates": _at(pk="declared_post"),
    "nominations:booklet": _at(pk="declared_post"),
    "nominations:photo": _at(pk="declared_post", candidate_pk="agreed"),
    "nominations:desk-post": lambda w: [
        {"slug": w.conference.slug, "pk": row.pk} for row in (w.post, w.declared_post, w.voted_post)
    ],
    "awards:propose": _at(pk="category"),
    "awards:blank-form": _at(pk="category"),
    "awards:withdraw": _at(pk="proposal"),
    **{
        f"awards:{name}": _spring(row)
        for name, row in (
            *((page, "") for page in ("panel", "evening", "script", "certificates")),
            *((page, "") for page in ("afterwards", "roll")),
            ("nominee", "spring_nominee"),
            ("separate", "spring_nomination"),
            ("scan", "spring_nomination"),
            ("evidence", "spring_file"),
            ("decide", "spring_category"),
            ("honoured", "honour"),
            ("roll-honour", "honour"),
        )
    },
    **{
        f"awards:{name}": lambda w: [{"token": "honour-token"}]
        for name in ("honour", "own-certificate")
    },
    "consultations:blank-form": _at(pk="consultation"),
    "consultations:submission": lambda w: [*_at(pk="submission")(w), *_at(pk="submitted")(w)],
    "consultations:send": _at(pk="submission"),
    "consultations:withdraw": lambda w: [*_at(pk="submission")(w), *_at(pk="submitted")(w)],
    **{f"consultations:{name}": _at(pk="submission") for name in ("document", "preview")},
    **{
        f"consultations:{name}": _at(pk="consultation")
        for name in (
            *("consultation", "begin-own", "ask", "late", "desk", "counts", "themes"),
            *("report-desk", "report-desk-pdf", "publish"),
        )
    },
    **{f"consultations:{name}": _at(pk="answered") for name in ("response", "response-pdf")},
    "consultations:paper": _at(pk="consultation", paper_pk="policy_paper"),
    "consultations:export": lambda w: [
        {"slug": w.conference.slug, "pk": w.consultation.pk, "form": form}
        for form in ("csv", "xlsx")
    ],
    **{
        f"consultations:{name}": _at(pk="consultation", theme_pk="theme")
        for name in ("theme", "remove-theme")
    },
    **{
        f"consultations:{name}": _at(pk="consultation", submission_pk="submitted")
        for name in ("desk-submission", "desk-document")
    },
    **{
        f"consultations:by-link{page}": lambda w: [{"token": "submission-token"}]
        for page in ("", "-send", "-withdraw", "-document", "-preview")
    },
    **{
        f"admin:registrations_booking_place_{name}": lambda w: [
            {"pk": row.pk, "place": row.places.first().pk} for row in (w.mine, w.theirs)
        ]
        for name in ("name", "pass", "cancel", "carer", "code")
    },
    "admin:registrations_booking_cheque": lambda w: [
        {"pk": row.booking_id, "payment": row.pk, "to": "bounced"}
        for row in Payment.objects.all()[:3]
    ],
    "admin:registrations_booking_statement": lambda w: [
        {"conference": w.conference.pk, "body": w.body.pk}
    ],
    **{
        f"admin:{table}_import_template": lambda w: [{"form": "csv"}, {"form": "xlsx"}]
        for table in ("members_member", "members_organisation", "registrations_delegation")
    },
    "admin:app_list": lambda w: [
        {"app_label": label}
        for label in ("mailing", "members", "events", "registrations", "motions")
    ],
    "admin:view_on_site": lambda w: [{"content_type_id": "1", "object_id": "1"}],
    "admin:events_reminder_dry_run": lambda w: [{"slug": w.conference.slug}],
}


def given_for(route: Route, world: World) -> Given:
    """Arguments that lead somewhere. Raises LookupError for a route nobody listed."""
    if not route.arguments:
        return [{}]
    if route.name in ARGUMENTS:
        return ARGUMENTS[route.name](world)
    if route.name.startswith("admin:"):
        return _given_to_admin(route, world)
    if route.arguments == ("slug",):
        return _conferences(world)
    if route.arguments == ("reference",):
        return [{"reference": getattr(world, n).reference} for n in ("booking_draft", "mine")]
    raise LookupError(f"{route.name} ({route.pattern}) is not listed in tests/hostile/routes.py")


def _given_to_admin(route: Route, world: World) -> Given:
    model = _model_of(route)
    rows = list(model._base_manager.order_by("pk")[:3])
    assert rows, f"tests/hostile/world makes no row of {model._meta.label}"
    if route.arguments == ("slug",):
        return [{"slug": world.conference.slug}]
    if set(route.arguments) <= {"object_id", "pk"}:
        return [{route.arguments[0]: row.pk} for row in rows]
    if set(route.arguments) == {"object_id", "act"}:
        from django.contrib import admin

        acts = [act.name for act in getattr(admin.site._registry[model], "acts", ())]
        return [{"object_id": row.pk, "act": act} for row in rows for act in acts]
    raise LookupError(f"{route.name} ({route.pattern}) is not listed in tests/hostile/routes.py")


def _model_of(route: Route) -> Any:
    label, model = route.name.removeprefix("admin:").split("_")[:2]
    try:
        return apps.get_model(label, model)
    except LookupError as error:
        raise LookupError(f"{route.name} is not listed in tests/hostile/routes.py") from error


def addresses(world: World) -> list[tuple[str, str]]:
    """(route, path) of every page with real rows behind it."""
    return [
        (route.name, reverse(route.name, kwargs=given))
        for route in routes()
        for given in given_for(route, world)
    ]
