"""The register of personal data: complete, exported from, erased by, replayed after a restore."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError

from mailing.models import Mail
from members.models import Consent, Erasure, OfficeInvitation, User
from members.personal_data import Keep, Person, impersonal, is_entered, register
from members.services.personal_data import (
    digest,
    erase_person,
    export_person,
    replay_erasures,
)
from tests.factories import (
    AT,
    make_member,
    make_officer,
    make_organisation,
    make_staff,
    make_user,
)

OURS = ("mailing", "members", "events", "registrations", "motions", "ballots")
LIBRARIES = ("account", "mfa", "usersessions", "auth", "sessions", "admin", "contenttypes")


@pytest.fixture(autouse=True)
def journal(settings, tmp_path):
    settings.ERASURE_JOURNAL = tmp_path / "erasures.jsonl"
    return settings.ERASURE_JOURNAL


def models_of(labels):
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in labels
    ]


@pytest.mark.parametrize("app", [*OURS, *LIBRARIES])
def test_every_model_is_in_the_register_of_personal_data(app):
    missing = [
        model._meta.label
        for model in models_of([app])
        if not is_entered(model) and not _links_entered_models(model)
    ]
    assert not missing, (
        f"Declare these in {app}/personal_data.py with members.personal_data.declare(…) or "
        f"declare_impersonal(…, because=…): {', '.join(sorted(missing))}"
    )


def _links_entered_models(model):
    """A table that only joins two others says nothing that they do not."""
    return bool(model._meta.auto_created)


def test_no_model_is_declared_both_ways():
    assert {entry.model for entry in register()} & set(impersonal()) == set()


def test_every_field_that_points_at_a_sign_in_is_called_personal_or_is_an_act():
    """An act (`…_by`, `actor`) names who did it; anything else that points at a person is theirs."""
    acts = ("_by", "actor", "given_to", "merged_into")
    forgotten = [
        f"{model._meta.label}.{field.name}"
        for model in impersonal()
        for field in model._meta.concrete_fields
        if field.related_model is User and not field.name.endswith(acts)
    ]
    assert forgotten == []


@pytest.mark.parametrize("entry", register(), ids=lambda entry: entry.model._meta.label)
def test_declaration_says_why_and_how_long(entry):
    assert entry.why
    assert entry.kept
    assert not isinstance(entry.erasure, Keep) or entry.erasure.reason


@pytest.mark.django_db
@pytest.mark.parametrize("entry", register(), ids=lambda entry: entry.model._meta.label)
def test_declaration_finds_rows_with_and_without_a_sign_in(entry):
    assert list(entry.rows(Person.of(make_user()))) is not None
    assert list(entry.rows(Person.at_address("nobody@example.org"))) == []


@pytest.mark.django_db
def test_export_holds_what_is_known_and_no_secret():
    person = make_officer(make_organisation("Cardiff"))
    make_member(person, surname="Jones")
    tables = export_person(by=None, person=Person.of(person), at=AT)["tables"]
    assert tables["members.user"]["rows"][0]["name"] == person.name
    assert tables["members.member"]["rows"][0]["surname"] == "Jones"
    assert tables["members.officeholding"]["rows"][0]["user"] == person.pk
    assert "password" not in tables["members.user"]["rows"][0]


def known_person():
    person = make_officer(make_organisation("Cardiff"), user=make_user("ann@example.org"))
    Consent.objects.create(
        address="ann@example.org", purpose="marketing", wording="x", source="x", given_at=AT
    )
    return person


@pytest.mark.django_db
def test_erased_person_is_found_nowhere_by_name_or_address():
    person = known_person()
    name = person.name
    erase_person(by=make_staff(), person=Person.of(person), reason="asked", at=AT)
    person.refresh_from_db()
    assert (person.name, person.is_active) == ("Erased person", False)
    assert person.email.endswith("@erased.invalid")
    assert not Consent.objects.exists()
    assert not EmailAddress.objects.filter(user=person).exists()
    for entry in register():
        for row in entry.model._base_manager.values():
            assert "ann@example.org" not in str(row)
            assert name not in str(row)
    assert person.officeholdings.count() == 1


@pytest.mark.django_db
def test_person_without_a_sign_in_is_erased_by_address():
    body = make_organisation()
    OfficeInvitation.objects.create(
        organisation=body,
        office_id=1,
        email="sam@example.org",
        token_hash="x",
        invited_by=make_user(),
        created_at=AT,
        expires_at=AT.replace(year=2017),
    )
    erase_person(by=None, person=Person.at_address("Sam@example.org"), reason="asked", at=AT)
    assert OfficeInvitation.objects.get().email.endswith("@erased.invalid")


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["", "  "])
def test_erasure_without_a_reason_is_refused(reason):
    with pytest.raises(ValidationError, match="Say why"):
        erase_person(by=None, person=Person.of(make_user()), reason=reason, at=AT)


@pytest.mark.django_db
def test_staff_with_roles_are_not_erased():
    with pytest.raises(ValidationError, match="roles"):
        erase_person(by=None, person=Person.of(make_staff()), reason="asked", at=AT)


@pytest.mark.django_db
def test_erasure_is_done_again_for_a_person_a_restore_brought_back(
    journal, django_capture_on_commit_callbacks
):
    person = known_person()
    before = User.objects.filter(pk=person.pk).values("email", "name", "is_active").get()
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(by=None, person=Person.of(person), reason="asked", at=AT)
    line = json.loads(journal.read_text())
    assert line["digests"] == [digest("ann@example.org")]
    assert "ann@example.org" not in journal.read_text()
    User.objects.filter(pk=person.pk).update(**before)  # the backup
    Consent.objects.create(
        address="ann@example.org", purpose="marketing", wording="x", source="x", given_at=AT
    )
    assert len(replay_erasures(lines=journal.read_text().splitlines(), at=AT)) == 1
    person.refresh_from_db()
    assert person.name == "Erased person"
    assert not Consent.objects.exists()
    assert Erasure.objects.filter(is_replay=True).count() == 1
    assert replay_erasures(lines=journal.read_text().splitlines(), at=AT) == []


@pytest.mark.django_db
def test_commands_export_and_erase_by_address(capsys, journal, django_capture_on_commit_callbacks):
    known_person()
    call_command("export_person", "ann@example.org")
    assert "ann@example.org" in capsys.readouterr().out
    with pytest.raises(CommandError, match="--yes"):
        call_command("erase_person", "ann@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("erase_person", "ann@example.org", "--reason", "asked", "--yes")
    assert "members.user: blanked 1" in capsys.readouterr().out
    call_command("erase_person", "--replay", str(journal))
    assert "0 people" in capsys.readouterr().out
    assert not Mail.objects.filter(to_address="ann@example.org").exists()
