"""After an erasure nothing of the person is left: a canary in every field and file, a grep of all.

What is left on purpose is listed here to the field; the register says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.base import ContentFile

import clock
from mailing.models import Mail
from members.endings import Blank
from members.models import Member, OfficeInvitation, User
from members.personal_data import Person, register
from members.services.invitations import accept_invitation, invite_officer
from members.services.personal_data import erase_person
from motions.models import AwardNomination, Motion
from motions.nominations.models import Candidate, Nomination
from registrations.models import Booking, Place
from tests.factories import make_office, make_staff, make_user
from tests.hostile.world import AT, World, make_world, typed_fields
from tests.hostile.world.typed import OURS

pytestmark = pytest.mark.django_db
NAME, CANARY = "Quetzal O'Canary", "xqcanaryx"
ADDRESS = "quetzal@canary.example"
#: Why each of these stays is in the register: `Keep`, or `stays` of what is blanked.
LEFT = {
    # the party's own register, which is the master
    "members.Member.number",
    "members.Member.given_names",
    "members.Member.surname",
    "members.Member.postcode",
    # the record of what a body sent, for ten years
    "motions.Answer.speaker",
    "motions.Answer.words",
    "motions.Appeal.text",
    "motions.Appeal.words",
    "motions.AwardNomination.citation",
    "motions.AwardNomination.evidence",
    "motions.AwardNomination.nominee_name",
    "motions.DraftSave.text",
    "motions.DraftSave.title",
    "motions.LateEntry.reason",
    "motions.Motion.draft_text",
    "motions.Motion.meeting_name",
    "motions.Motion.mover",
    "motions.Motion.seconder",
    "motions.Motion.title",
    "motions.MotionVersion.meeting_name",
    "motions.MotionVersion.mover",
    "motions.MotionVersion.seconder",
    "motions.MotionVersion.title",
    "motions.Nomination.meeting_name",
    "motions.PolicySubmission.document_name",
    "motions.PolicySubmission.late_reason",
    "motions.PolicySubmission.reply",
    "motions.PolicySubmission.text",
    "motions.PolicySubmission.title",
    "motions.Receipt.text",
    "motions.Receipt.title",
    # the accounts
    "registrations.Booking.purchase_order",
    "registrations.Payment.payer",
    # invoices and refunds, unchanged for six years because the law asks for it
    "registrations.Invoice.conference_title",
    "registrations.Invoice.imprint",
    "registrations.Invoice.payer_address",
    "registrations.Invoice.payer_name",
    "registrations.Invoice.purchase_order",
    "registrations.Invoice.reason",
    "registrations.Invoice.supplier_address",
    "registrations.Invoice.supplier_name",
    "registrations.Invoice.vat_number",
    "registrations.Refund.paid_to",
    "registrations.Refund.reason",
}


@pytest.fixture
def world(settings, tmp_path: Path) -> Iterator[World]:
    settings.ERASURE_JOURNAL = tmp_path / "erasures.jsonl"
    with clock.frozen(AT):
        yield make_world()


@pytest.fixture
def person(world) -> User:
    """The officer of the world, with a canary in every field and file that is about them."""
    officer = world.people["officer"]
    officer.emailaddress_set.update(email=ADDRESS)
    User.objects.filter(pk=officer.pk).update(name=NAME, email=ADDRESS)
    officer.refresh_from_db()
    _make_theirs(world, officer)
    _write_canaries(officer)
    _put_files(world, officer)
    _tell_others(world, officer)
    return officer


def _make_theirs(world: World, officer: User) -> None:
    """Rows that the world gives to others, given to them: by sign-in where one can, by address."""
    Member.objects.update(user=officer, email="")
    for model, field in (
        (Booking, "contact_email"),
        (Place, "email"),
        (OfficeInvitation, "email"),
        *((apps.get_model(label), "address") for label in ("members.Consent", "events.Reminder")),
        (Mail, "to_address"),
        (apps.get_model("registrations.Interest"), "email"),
    ):
        model.objects.update(**{field: ADDRESS})
    Candidate.objects.filter(pk=world.candidate.pk).update(email=ADDRESS)
    for model in (AwardNomination, Motion):
        model.objects.update(created_by=officer)


def _write_canaries(officer: User) -> None:
    for entry in register():
        if entry.model._meta.app_label not in OURS or entry.model in (User,):
            continue
        columns = [c for c in typed_fields(entry.model) if c.name not in entry.addresses]
        for row in entry.rows(Person.of(officer)):
            filled = {c.name: CANARY for c in columns if getattr(row, c.name)}
            if filled and entry.model._meta.label != "members.AuditEntry":
                entry.model._base_manager.filter(pk=row.pk).update(**filled)


def _put_files(world: World, officer: User) -> None:
    paper = {"channel": "post", "entered_by": make_staff()}
    for row, fields in (
        (world.paper, {}),
        (world.motion_sent, {"mover": NAME.upper(), "received_at": AT, **paper}),
        (Nomination.objects.get(candidate=world.candidate), {"received_at": AT, **paper}),
        (world.proposal, {"nominee_name": NAME, "received_at": AT, **paper}),
    ):
        row.refresh_from_db()
        for name, value in fields.items():
            setattr(row, name, value)
        row.scan.save("letter.jpg", ContentFile(f"{CANARY} {NAME}".encode()))


def _tell_others(world: World, officer: User) -> None:
    """They invited somebody, who took the office up; every officer was told, by name."""
    successor = make_user("successor@example.org")
    invitation = invite_officer(
        by=officer,
        organisation=world.body,
        office=make_office("chair"),
        email=successor.email,
        at=AT,
    )
    accept_invitation(by=successor, invitation=invitation, at=AT)
    Mail.objects.update(state=Mail.State.SENT, settled_at=AT, sent_at=AT)
    assert Mail.objects.filter(to_address=successor.email, text__icontains="Quetzal").exists()


def places_of_canaries() -> set[str]:
    """Every column of every table with a canary, a name or an address of the person in it."""
    wanted = (CANARY, ADDRESS, "quetzal")
    found = set()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy:
            continue  # the table is that of another model
        for row in model._base_manager.values():
            for column, value in row.items():
                if any(word in str(value).lower() for word in wanted):
                    found.add(f"{model._meta.label}.{column}")
    return found


def files_with_canaries(root: Path) -> list[str]:
    return [
        str(file.relative_to(root))
        for file in sorted(root.rglob("*"))
        if file.is_file() and CANARY in file.read_text(errors="replace")
    ]


def test_erased_person_is_left_in_no_table_and_no_file_but_where_the_register_says(
    world, person, settings, django_capture_on_commit_callbacks
) -> None:
    before = places_of_canaries()
    assert {"members.User.email", "registrations.Booking.override_reason"} < before
    assert len(files_with_canaries(settings.MEDIA_ROOT)) == 4
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(by=None, person=Person.of(person), reason="asked", at=AT)
    assert sorted(places_of_canaries() - LEFT) == []
    assert files_with_canaries(settings.MEDIA_ROOT) == []


def test_list_of_what_is_left_names_nothing_that_goes(world, person) -> None:
    erase_person(by=None, person=Person.of(person), reason="asked", at=AT)
    assert sorted(LEFT - places_of_canaries()) == []


def test_letter_of_a_namesake_with_another_name_is_left_alone(
    world, person, settings, django_capture_on_commit_callbacks
) -> None:
    Motion.objects.filter(pk=world.motion_sent.pk).update(mover="Quetzal Canary-Jones")
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(by=None, person=Person.of(person), reason="asked", at=AT)
    world.motion_sent.refresh_from_db()
    assert files_with_canaries(settings.MEDIA_ROOT) == [world.motion_sent.scan.name]


def test_file_outlives_an_erasure_that_is_rolled_back(
    world, person, settings, django_capture_on_commit_callbacks
) -> None:
    erase_person(by=None, person=Person.of(person), reason="asked", at=AT)  # never committed
    assert len(files_with_canaries(settings.MEDIA_ROOT)) == 4


@pytest.mark.parametrize("entry", register(), ids=lambda entry: entry.model._meta.label)
def test_field_of_words_is_blanked_or_stays_for_a_reason(entry) -> None:
    """A field added to a model that erasure blanks must be thought about."""
    if entry.model._meta.app_label not in OURS or not isinstance(entry.erasure, Blank):
        return
    known = {*entry.erasure.values, *entry.erasure.stays, "password"}
    forgotten = {column.name for column in typed_fields(entry.model)} - known
    assert forgotten == set()


def test_file_field_says_whose_letter_it_is() -> None:
    declared = {(entry.model, file.name) for entry in register() for file in entry.files}
    fields = {
        (model, column.name)
        for model in apps.get_models()
        for column in model._meta.concrete_fields
        if column.get_internal_type() == "FileField" and not model._meta.proxy
    }
    assert fields == declared
