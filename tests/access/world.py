"""One conference, one body and somebody of every kind, and the arguments of every route.

All objects belong to `world.body` and `world.conference`: `officer` is the body's secretary, every
other person is foreign to it. A route whose arguments cannot be told from its parameters' names has
an entry in ARGUMENTS.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from events.models import Conference, LayAppointment
from members.models import Officeholding, OfficeInvitation, Organisation, User
from members.roles import Role
from members.services.invitations import LASTS, hash_of
from tests.access.objects import LINK, make_notes, make_objects
from tests.access.routes import Route
from tests.factories import (
    AT,
    make_appointment,
    make_authorisation,
    make_conference,
    make_deadline,
    make_holding,
    make_member,
    make_office,
    make_officer,
    make_organisation,
    make_staff,
    make_user,
    make_venue,
)

TOKEN = "a-token-of-an-invitation"
STAFF = {f"staff: {role.value}": role for role in Role}
LAY = (
    "stranger",
    "member",
    "delegate",
    "officer",
    "other officer",
    "CAC member",
    "steward",
    "chair",
    "judge",
    "policy committee",
)
WITHOUT_FACTOR = ("CAC member without second factor", "staff without second factor")
ROLES = (*LAY, *WITHOUT_FACTOR, *STAFF)


@dataclass
class World:
    """The people by role, and the objects that routes are about."""

    people: dict[str, User | None]
    body: Organisation
    conference: Conference
    invitation: OfficeInvitation
    objects: dict[str, Any]


def make_world() -> World:
    """Somebody of every kind, and an object of each kind."""
    body, other = make_organisation("Cardiff"), make_organisation("Leeds")
    conference = make_conference("Annual Conference 2016", venue=make_venue("Radisson Blu"))
    make_deadline(conference)
    people: dict[str, User | None] = {"stranger": None, "member": make_user("member@example.org")}
    make_member(people["member"])
    people["officer"] = make_officer(body)
    people["other officer"] = make_officer(other)
    people["delegate"] = make_user("delegate@example.org")
    make_authorisation(people["delegate"], body, conference, by=people["officer"])
    people |= {name: make_staff(role) for name, role in STAFF.items()}
    people["staff without second factor"] = make_staff(Role.ADMINISTRATOR)
    for role in ("CAC member", "CAC member without second factor"):
        people[role] = make_user()
        make_appointment(
            people[role],
            conference,
            LayAppointment.Task.CAC_MEMBER,
            by=people["staff: administrator"],
        )
    people["chair"] = make_user()
    make_appointment(people["chair"], conference, LayAppointment.Task.CHAIR)
    make_appointment(people["chair"], conference, LayAppointment.Task.RETURNING_OFFICER)
    people["judge"] = make_user()
    make_appointment(people["judge"], conference, LayAppointment.Task.JUDGE)
    people["policy committee"] = make_user()
    make_appointment(people["policy committee"], conference, LayAppointment.Task.POLICY)
    people["steward"] = make_user()
    make_appointment(people["steward"], conference, LayAppointment.Task.STEWARD)
    make_holding(make_user(), body, "chair", state=Officeholding.State.CLAIMED)
    invitation = OfficeInvitation.objects.create(
        organisation=body,
        office=make_office("treasurer"),
        email="invited@example.org",
        token_hash=hash_of(TOKEN),
        invited_by=people["officer"],
        created_at=AT,
        expires_at=AT + LASTS,
    )
    objects = make_objects(conference, body, people["officer"])
    objects["notes"] = make_notes(conference, writer=people["delegate"])
    return World(people, body, conference, invitation, objects)


def _holding(world: World) -> Officeholding:
    return world.people["officer"].officeholdings.get()


def _at(world: World, **objects: str) -> dict[str, Any]:
    """The conference's slug, and the numbers of objects by their names in the world."""
    numbers = {name: world.objects[called].pk for name, called in objects.items()}
    return {"slug": world.conference.slug, **numbers}


#: What a route is given that the names of its parameters do not say.
ARGUMENTS: dict[str, Callable[[World], dict[str, Any]]] = {
    "events:acting-for": lambda world: {"slug": world.conference.slug, "body": world.body.slug},
    "events:withdraw-authority": lambda world: {
        "slug": world.conference.slug,
        "body": world.body.slug,
        "pk": world.people["delegate"].authorisations.get().pk,
    },
    "members:body": lambda world: {"slug": world.body.slug},
    "members:invite": lambda world: {"slug": world.body.slug},
    "members:withdraw": lambda world: {"slug": world.body.slug, "pk": world.invitation.pk},
    "members:end": lambda world: {"slug": world.body.slug, "pk": _holding(world).pk},
    "members:invitation": lambda world: {"token": TOKEN},
    **{
        f"registrations:{name}": lambda world: {
            "slug": world.conference.slug,
            "body": world.body.slug,
        }
        for name in ("body", "delegation", "more_places", "lead", "certificates")
    },
    "registrations:blank_form": lambda world: {
        "slug": world.conference.slug,
        "code": world.objects["pass"].code,
    },
    "registrations:door_replace": lambda world: {
        "slug": world.conference.slug,
        "pk": world.objects["place"].credentials.get().pk,
    },
    "motions:blank-form": lambda world: _at(world, call_pk="call"),
    **{
        f"motions:{name}": lambda world: _at(world, pk="public motion")
        for name in ("history", "keep", "note")
    },
    "motions:receipt": lambda world: {"slug": world.conference.slug, "number": 1},
    **{
        f"registrations:{name}": lambda world: {"reference": world.objects["draft"].reference}
        for name in ("draft_places", "draft_payment", "draft_review", "draft_discard")
    },
    **{
        f"registrations:{name}": lambda world: {"key": "unknown"}
        for name in ("booking", "send_code", "use_code")
    },
    **{
        f"registrations:{name}": lambda world: {"reference": world.objects["booking"].reference}
        for name in (
            "done",
            "cancel_booking",
            "keep_places",
            "booking_support",
            "reduction",
            "pay_by_card",
        )
    },
    **{
        f"registrations:{name}": lambda world: {
            "reference": world.objects["booking"].reference,
            "pk": world.objects["place"].pk,
        }
        for name in ("name_place", "ask_delegate", "cancel_place", "certificate")
    },
    **{
        f"admin:registrations_booking_{name}": lambda world: {"pk": world.objects["booking"].pk}
        for name in ("pay", "cancel", "scan")
    },
    **{
        f"admin:registrations_booking_place_{name}": lambda world: {
            "pk": world.objects["booking"].pk,
            "place": world.objects["place"].pk,
        }
        for name in ("name", "pass", "cancel", "carer", "code")
    },
    "admin:registrations_booking_cheque": lambda world: {
        "pk": world.objects["booking"].pk,
        "payment": world.objects["cheque"].pk,
        "to": "bounced",
    },
    "admin:events_publication_version": lambda world: {"pk": world.objects["publication"].pk},
    **{
        f"events:{name}": lambda world: _at(world, pk="notes")
        for name in ("report-arrange", "report-notes", "report-notes-back")
    },
    **{
        f"ideas:{name}": lambda world: {"slug": world.objects["idea"].call.slug}
        for name in ("call", "send")
    },
    **{
        f"ideas:{name}": lambda world: {
            "slug": world.objects["idea"].call.slug,
            "pk": world.objects["idea"].pk,
        }
        for name in ("idea", "support")
    },
    "events:campaign": lambda world: {"slug": world.objects["campaign"].slug},
    **{
        f"events:{name}": lambda world: {"slug": world.objects["publication"].slug}
        for name in ("publication", "publication-cover")
    },
    "events:publication-file": lambda world: {
        "slug": world.objects["publication"].slug,
        "number": 1,
    },
    "admin:events_conference_programme": lambda world: {"pk": world.conference.pk},
    "admin:motions_motion_file": lambda world: {"pk": world.objects["sent motion"].pk},
    "admin:motions_policysubmission_file": lambda world: {
        "pk": world.objects["sent submission"].pk
    },
    "admin:motions_nomination_file": lambda world: {"pk": world.objects["nomination"].pk},
    "admin:motions_awardnomination_file": lambda world: {"pk": world.objects["award"].pk},
    "registrations:practice_card": lambda world: {"key": "unknown"},
    "registrations:add_extra": lambda world: {
        "reference": world.objects["booking"].reference,
        "pk": world.objects["place"].pk,
        "extra": world.objects["extra"].pk,
    },
    "registrations:statement": lambda world: {
        "slug": world.conference.slug,
        "body": world.body.slug,
    },
    "registrations:invoice": lambda world: {
        "reference": world.objects["booking"].reference,
        "pk": world.objects["invoice"].pk,
    },
    "registrations:receipt": lambda world: {
        "reference": world.objects["booking"].reference,
        "pk": world.objects["booking"].payments.get(method="bacs").pk,
    },
    **{
        f"admin:{table}_import_template": lambda world: {"form": "xlsx"}
        for table in ("members_member", "members_organisation", "registrations_delegation")
    },
    "admin:registrations_booking_statement": lambda world: {
        "conference": world.conference.pk,
        "body": world.body.pk,
    },
    "admin:registrations_invoice_pdf": lambda world: {"pk": world.objects["invoice"].pk},
    "registrations:remove_extra": lambda world: {
        "reference": world.objects["booking"].reference,
        "pk": 1,
    },
    **{
        f"motions:{name}": lambda world: _at(world, pk="motion")
        for name in (
            "motion",
            "edit",
            "together",
            "preview",
            "confirm",
            "give-back",
            "withdraw",
            "late",
        )
    },
    **{
        f"motions:{name}": lambda world: _at(world, pk="sent motion")
        for name in ("cac-motion", "cac-publish", "appeal")
    },
    "motions:amend": lambda world: _at(world, pk="public motion"),
    "motions:cac-amendments": lambda world: _at(world, pk="public motion"),
    "motions:amendment": lambda world: _at(world, pk="amendment"),
    "motions:answer-amendment": lambda world: _at(world, pk="public amendment"),
    "motions:cac-catch-up": lambda world: _at(world, pk="sent amendment"),
    "admin:motions_amendment_file": lambda world: {"pk": world.objects["sent amendment"].pk},
    **{
        f"motions:{name}": lambda world: _at(world, pk="composite")
        for name in ("composite", "composite-desk", "composite-draft", "composite-amendments")
    },
    "motions:agenda": lambda world: _at(world, pk="agenda"),
    "motions:order": lambda world: _at(world, pk="order paper"),
    "motions:order-paper": lambda world: {**_at(world, pk="order paper"), "form": "text"},
    **{
        f"motions:{name}": lambda world: _at(world, pk="order paper")
        for name in ("cac-order", "chair-script")
    },
    **{
        f"motions:{name}": lambda world: _at(world, pk="printed motion")
        for name in ("chair-motion", "parts", "cac-decision", "decision")
    },
    **{
        f"motions:{name}": lambda world: {**_at(world, pk="agenda"), "form": "text"}
        for name in ("agenda-paper", "agenda-errata")
    },
    "motions:cac-beside": lambda world: _at(world, pk="sent motion", other_pk="other motion"),
    "nominations:nominate": lambda world: _at(world, pk="post"),
    "nominations:blank-form": lambda world: _at(world, pk="post"),
    "nominations:withdraw": lambda world: _at(world, pk="nomination"),
    "nominations:desk-post": lambda world: _at(world, pk="post"),
    **{
        f"nominations:{name}": lambda world: _at(world, pk="declared post")
        for name in ("candidates", "booklet")
    },
    "nominations:photo": lambda world: _at(world, pk="declared post", candidate_pk="candidate"),
    "awards:propose": lambda world: _at(world, pk="category"),
    "awards:blank-form": lambda world: _at(world, pk="category"),
    "awards:withdraw": lambda world: _at(world, pk="award"),
    **{
        f"awards:{name}": lambda world, row=row: _at(world, pk=row)
        for name, row in (
            ("nominee", "nominee"),
            ("separate", "award"),
            ("scan", "award"),
            ("evidence", "evidence"),
            ("decide", "category"),
            ("honoured", "honour"),
            ("roll-honour", "honour"),
        )
    },
    "consultations:blank-form": lambda world: _at(world, pk="consultation"),
    **{
        f"consultations:{name}": lambda world: _at(world, pk="submission")
        for name in ("submission", "send", "withdraw", "document", "preview")
    },
    **{
        f"consultations:{name}": lambda world: _at(world, pk="consultation")
        for name in (
            *("consultation", "begin-own", "ask", "late", "desk", "counts", "themes"),
            *("report-desk", "report-desk-pdf", "publish"),
        )
    },
    **{
        f"consultations:{name}": lambda world: _at(world, pk="answered consultation")
        for name in ("response", "response-pdf")
    },
    "consultations:paper": lambda world: _at(world, pk="consultation", paper_pk="policy paper"),
    "consultations:export": lambda world: {**_at(world, pk="consultation"), "form": "csv"},
    **{
        f"consultations:{name}": lambda world: _at(world, pk="consultation", theme_pk="theme")
        for name in ("theme", "remove-theme")
    },
    **{
        f"consultations:{name}": lambda world: _at(
            world, pk="consultation", submission_pk="sent submission"
        )
        for name in ("desk-submission", "desk-document")
    },
    **{
        f"consultations:by-link{page}": lambda world: {"token": LINK}
        for page in ("", "-send", "-withdraw", "-document", "-preview")
    },
}


def arguments(route: Route, world: World) -> dict[str, Any]:
    """The arguments that make a route an address in this world."""
    if route.name in ARGUMENTS:
        return ARGUMENTS[route.name](world)
    if route.table:
        row = apps.get_model(route.table)._default_manager.order_by("-pk").first()
        values = {"object_id": row.pk if row else 999, "act": "nothing"}
    else:
        values = {"slug": world.conference.slug, "app_label": "members", "url": "nowhere"}
        values |= {"content_type_id": 1, "object_id": 1, "token": "unknown"}
    return {name: values[name] for name in route.parameters}
