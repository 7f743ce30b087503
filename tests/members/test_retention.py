"""What is kept too long goes, on its day and not an instant before, by the register alone."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import call_command

import clock
from mailing.models import Mail
from members.endings import Blank, Delete, Keep
from members.models import AuditEntry, Consent, Officeholding, OfficeInvitation, User
from members.personal_data import register
from members.services.retention import enforce, overdue
from members.tasks import enforce_retention
from motions.models import DraftSave, Motion, MotionVersion
from registrations.models import Booking, Interest, Payment, Place, PlaceNeeds
from tests.conftest import instant
from tests.factories import make_holding, make_organisation, make_user
from tests.hostile.world import AT, World, make_world

pytestmark = pytest.mark.django_db
MOMENT = dt.timedelta(microseconds=1)
LAST_DAY = dt.date(2016, 9, 11)  # of the conference


def midnight_after(day: dt.date) -> dt.datetime:
    return instant(f"{day + dt.timedelta(days=1)} 00:00")


@pytest.fixture
def world() -> World:
    with clock.frozen(AT):
        made = make_world()
        made.conference.ends_on = LAST_DAY
        made.conference.save(update_fields=["ends_on"])
        return made


def gone(at: dt.datetime) -> dict[str, str]:
    """What one run says it did, by table."""
    return dict(line.split(": ") for line in enforce(at=at))


# The register


@pytest.mark.parametrize("entry", register(), ids=lambda entry: entry.model._meta.label)
def test_declaration_has_a_period_or_the_reason_why_it_stays(entry) -> None:
    assert bool(entry.ends) != bool(entry.stays)
    assert not any(isinstance(period.then, Keep) for period in entry.ends)
    assert all(file.ends or file.stays for file in entry.files)


@pytest.mark.parametrize("entry", register(), ids=lambda entry: entry.model._meta.label)
def test_period_can_be_asked_of_the_database_and_finds_nothing_before_its_time(entry) -> None:
    early = instant("2001-01-01 12:00")
    mine = [one for one in overdue(at=early) if one.entry is entry]
    assert [list(one.rows) for one in mine] == [[] for _ in mine]
    assert len(mine) == len(entry.ends) + sum(1 for file in entry.files if file.ends)


# The days


@pytest.mark.parametrize(
    ("years", "table", "model", "left"),
    [
        (1, "registrations.interest", Interest, 0),
        (1, "motions.draftsave", DraftSave, 0),
    ],
)
def test_rows_go_when_the_years_after_the_conference_are_over(
    world, years, table, model, left
) -> None:
    Interest.objects.update(conference=world.conference)
    at = midnight_after(LAST_DAY.replace(year=LAST_DAY.year + years))
    assert model.objects.exists()
    assert table not in gone(at - MOMENT)
    assert gone(at)[table] == "deleted 1"
    assert model.objects.count() == left


def test_bookings_lose_the_person_after_six_years_and_keep_the_sums(world) -> None:
    at = midnight_after(LAST_DAY.replace(year=2022))
    tables = ("registrations.booking", "registrations.place", "registrations.payment")
    before = gone(at - MOMENT)
    assert [table for table in tables if table in before] == []
    done = gone(at)
    booked = Booking.objects.filter(conference=world.conference)
    assert done["registrations.booking"] == f"blanked {booked.count()}"
    assert set(booked.values_list("contact_name", "contact_phone", "bill_to")) == {
        ("erased", "", "")
    }
    assert all(
        address.endswith("@erased.invalid")
        for address in booked.values_list("contact_email", flat=True)
    )
    assert set(Place.objects.values_list("name", "user")) == {("erased", None)}
    assert list(Payment.objects.values_list("payer", "reference", "amount")) == [("", "", 5)]
    assert gone(at) == {}


def test_names_on_motions_go_after_ten_years_and_the_wording_stays(world) -> None:
    at = midnight_after(LAST_DAY.replace(year=2026))
    titles = list(Motion.objects.order_by("pk").values_list("title", flat=True))
    assert "motions.motion" not in gone(at - MOMENT)
    gone(at)
    assert set(Motion.objects.values_list("mover", "seconder")) == {("", "")}
    assert set(MotionVersion.objects.values_list("mover", "seconder")) == {("", "")}
    assert list(Motion.objects.order_by("pk").values_list("title", flat=True)) == titles


def test_needs_go_on_the_day_that_was_stated(world) -> None:
    stated = PlaceNeeds.objects.first().purge_on
    at = instant(f"{stated} 00:00")
    assert "registrations.placeneeds" not in gone(at - MOMENT)
    assert PlaceNeeds.objects.exists()
    assert "registrations.placeneeds" in gone(at)
    assert not PlaceNeeds.objects.exists()


def test_conference_whose_days_are_unknown_ends_nothing(world) -> None:
    type(world.conference).objects.update(starts_on=None, ends_on=None)
    assert "registrations.booking" not in gone(instant("2050-01-01 12:00"))


def test_leap_day_counts_as_the_day_before_so_that_nothing_goes_early() -> None:
    for day in ("2019-02-28", "2019-03-01"):
        Consent.objects.create(
            address=f"{day}@example.org",
            purpose="marketing",
            wording="x",
            source="x",
            given_at=instant(f"{day} 12:00"),
            withdrawn_at=instant(f"{day} 12:00"),
        )
    # six years after 2018, asked on a leap day
    assert gone(instant("2024-02-29 12:00")) == {}
    assert gone(instant("2025-02-28 12:00")) == {"members.consent": "deleted 1"}


# Mail


@pytest.fixture
def settled(world) -> dt.datetime:
    Mail.objects.update(state=Mail.State.CANCELLED, settled_at=AT)
    return AT


def test_words_of_mail_go_after_thirty_days_and_once(settled) -> None:
    at = settled + dt.timedelta(days=30)
    assert "mailing.mail" not in gone(at - MOMENT)
    assert Mail.objects.get().text
    assert gone(at)["mailing.mail"] == "blanked 1"
    mail = Mail.objects.get()
    assert (mail.text, mail.html, mail.subject, mail.to_name) == ("", "", "", "")
    assert "mailing.mail" not in gone(at)


def test_rows_of_mail_go_after_a_year(settled) -> None:
    gone(settled + dt.timedelta(days=365) - MOMENT)
    assert Mail.objects.count() == 1
    gone(settled + dt.timedelta(days=365))
    assert Mail.objects.count() == 0


def test_mail_that_still_waits_is_left_alone(world) -> None:
    Mail.objects.update(state=Mail.State.PENDING)
    gone(AT + dt.timedelta(days=400))
    assert Mail.objects.get().text


# Sign-ins


def unused(**fields) -> User:
    """A sign-in last used two years before `GONE_AT`."""
    person = make_user("ann@example.org", "Ann Jones", **fields)
    User.objects.filter(pk=person.pk).update(last_login=AT)
    return person


GONE_AT = AT.replace(year=AT.year + 2)


def name_of(person: User) -> str:
    return User.objects.get(pk=person.pk).name


def test_sign_in_not_used_for_two_years_is_erased_with_what_serves_it() -> None:
    person = unused()
    enforce(at=GONE_AT - MOMENT)
    assert name_of(person) == "Ann Jones"
    enforce(at=GONE_AT)
    person.refresh_from_db()
    assert (person.name, person.is_active, person.last_login) == ("Erased person", False, None)
    assert person.email == f"erased-user-{person.pk}@erased.invalid"
    assert not EmailAddress.objects.filter(user=person).exists()
    assert enforce(at=GONE_AT) == []


def test_sign_in_never_used_counts_from_the_day_it_was_made() -> None:
    person = make_user("ann@example.org", "Ann Jones", last_login=None, date_joined=AT)
    enforce(at=GONE_AT - MOMENT)
    assert name_of(person) == "Ann Jones"
    enforce(at=GONE_AT)
    assert name_of(person) == "Erased person"


def test_sign_in_of_staff_is_never_ended_by_the_clock() -> None:
    person = unused(is_staff=True)
    enforce(at=GONE_AT)
    assert name_of(person) == "Ann Jones"


def test_sign_in_of_an_officer_stays_until_the_office_has_ended() -> None:
    person = unused()
    make_holding(person, make_organisation("Cardiff"))
    enforce(at=GONE_AT)
    assert name_of(person) == "Ann Jones"
    Officeholding.objects.update(ended_on=AT.date())
    enforce(at=GONE_AT)
    assert name_of(person) == "Erased person"


def test_sign_in_of_whoever_comes_or_acts_stays_until_the_conference_is_over(world) -> None:
    person, at = world.people["member"], midnight_after(LAST_DAY)
    Place.objects.filter(booking=world.mine).update(user=person)
    User.objects.filter(pk=person.pk).update(last_login=at - dt.timedelta(days=800))
    Officeholding.objects.filter(user=person).delete()
    enforce(at=at - MOMENT)
    assert name_of(person) != "Erased person"
    enforce(at=at)
    assert name_of(person) == "Erased person"


def test_sessions_that_ran_out_are_cleared_with_their_place_in_the_list(client) -> None:
    client.force_login(make_user())
    session = Session.objects.get()
    enforce(at=session.expire_date - MOMENT)
    assert Session.objects.exists()
    enforce(at=session.expire_date)
    assert not Session.objects.exists()


# Files, traces, the dry run


def test_scan_goes_from_the_disk_when_its_time_is_over(
    world, django_capture_on_commit_callbacks, settings
) -> None:
    motion = Motion.objects.first()
    motion.scan.save("scan.jpg", ContentFile(b"letter"))
    at = midnight_after(LAST_DAY.replace(year=2017))
    stored = settings.MEDIA_ROOT / motion.scan.name
    with django_capture_on_commit_callbacks(execute=True):
        gone(at - MOMENT)
    assert stored.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert gone(at)["motions.motion.scan"] == "files removed 1"
    assert not stored.exists()
    motion.refresh_from_db()
    assert not motion.scan


def test_each_table_leaves_one_entry_with_counts_and_no_name(world, caplog) -> None:
    at = midnight_after(LAST_DAY.replace(year=2022))
    caplog.set_level("INFO")
    done = enforce(at=at)
    left = AuditEntry.objects.filter(action="retention.enforced")
    told = [entry.after for entry in left]
    assert sorted(done) == sorted(f"{it['table']}: {it['deed']} {it['rows']}" for it in told)
    assert {(entry.actor, entry.object_id, entry.at) for entry in left} == {(None, "", at)}
    assert "example.org" not in caplog.text + str(list(left.values()))


def test_dry_run_says_what_would_go_and_changes_nothing(world) -> None:
    said = StringIO()
    at = midnight_after(LAST_DAY.replace(year=2022))
    with clock.frozen(at):
        call_command("retention", "--dry-run", stdout=said)
        would = said.getvalue().splitlines()
        assert "registrations.payment: blanked 1" in would
        assert Payment.objects.get().payer == "Meg"
        assert not AuditEntry.objects.filter(action="retention.enforced").exists()
        done = enforce(at=at)
    # what only serves a sign-in follows it, and so is not foretold
    assert [line for line in done if line not in would] == ["account.emailaddress: deleted 1"]


def test_task_and_command_do_it_by_the_clock(world) -> None:
    said = StringIO()
    with clock.frozen(midnight_after(LAST_DAY.replace(year=2022))):
        enforce_retention()
        call_command("retention", stdout=said)
    assert Payment.objects.get().payer == ""
    assert said.getvalue() == "Nothing has been kept too long.\n"


def test_invitation_goes_a_year_after_it_ran_out(world) -> None:
    at = OfficeInvitation.objects.get().expires_at.replace(year=AT.year + 2)
    assert (AT + dt.timedelta(days=300)).year == at.year - 1
    assert "members.officeinvitation" not in gone(at - MOMENT)
    assert gone(at)["members.officeinvitation"] == "deleted 1"


def test_endings_of_the_register_are_of_three_kinds() -> None:
    kinds = {type(entry.erasure) for entry in register()}
    assert kinds == {Keep, Delete, Blank}
