"""Interest: counted once confirmed, asked of nobody who did not say so."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

import clock
from events.models import Conference, Deadline
from mailing.models import Mail
from members.models import AuditEntry, Consent
from members.roles import Role
from registrations.models import Interest
from registrations.services import interest
from tests.factories import make_deadline, make_staff, sign_in
from tests.registrations import build

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
IN_2022 = dt.datetime(2022, 2, 1, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def west_midlands():
    return build.conference(
        "west-midlands-2022",
        title="West Midlands 2022",
        attendance=Conference.Attendance.INTEREST,
        starts_on=dt.date(2022, 2, 26),
        ends_on=dt.date(2022, 2, 26),
    )


def interested(conference, *, at=IN_2022, **fields):
    facts = {
        "name": "Sue Porter",
        "email": "Sue@People.example",
        "region": None,
        "is_member": False,
        "wants_marketing": False,
        "key": uuid.uuid4(),
    }
    interest.register(conference=conference, at=at, **{**facts, **fields})


def token_in(mail):
    return mail.text.split("/interest/")[1].split("/")[0]


def test_interest_of_a_supporter_counts_once_it_is_confirmed(west_midlands):
    interested(west_midlands)
    assert Interest.objects.confirmed().count() == 0
    row = interest.find(token_in(Mail.objects.get()))
    interest.confirm(interest=row, at=IN_2022)
    interest.confirm(interest=row, at=IN_2022)
    assert Interest.objects.confirmed().get().email == "sue@people.example"
    assert Consent.objects.count() == 0


def test_interest_with_the_news_ticked_records_consent_in_its_words_on_confirming(west_midlands):
    interested(west_midlands, wants_marketing=True)
    assert Consent.objects.count() == 0
    interest.confirm(interest=Interest.objects.get(), at=IN_2022)
    consent = Consent.objects.get()
    assert (consent.address, consent.purpose) == ("sue@people.example", "marketing")
    assert consent.wording == interest.MARKETING_WORDS


def test_interest_registered_again_makes_no_second_row_and_rests_between_mails(west_midlands):
    for minutes in (0, 1, 9, 30):
        interested(west_midlands, at=IN_2022 + dt.timedelta(minutes=minutes))
    assert (Interest.objects.count(), Mail.objects.count()) == (1, 2)


def test_interest_already_confirmed_is_told_so_by_mail_only(west_midlands):
    interested(west_midlands)
    interest.confirm(interest=Interest.objects.get(), at=IN_2022)
    interested(west_midlands, at=IN_2022 + DAY)
    assert "already registered your interest" in Mail.objects.latest("pk").text
    assert Interest.objects.confirmed().count() == 1


def test_interest_withdrawn_counts_no_more(west_midlands):
    interested(west_midlands)
    row = Interest.objects.get()
    interest.confirm(interest=row, at=IN_2022)
    interest.withdraw(interest=row, at=IN_2022)
    assert Interest.objects.confirmed().count() == 0


def test_interest_after_the_last_day_is_refused(west_midlands):
    over = dt.datetime(2022, 2, 27, 0, 0, tzinfo=dt.UTC)
    interested(west_midlands, at=over - build.TICK)
    with pytest.raises(ValidationError, match="is over"):
        interested(west_midlands, at=over, email="late@people.example")


def test_interest_where_places_are_booked_is_refused(year):
    with pytest.raises(ValidationError, match="booked instead"):
        interested(year)


# On paper


@pytest.fixture
def door(west_midlands):
    return make_deadline(
        west_midlands, Deadline.Kind.VISITOR_REGISTRATION, closes_on=dt.date(2022, 2, 1)
    )


def on_paper(conference, *, at=IN_2022 + DAY * 5, received_at=IN_2022, **fields):
    facts = {
        "name": "Ron Paper",
        "email": "Ron@People.example",
        "region": None,
        "is_member": True,
        "wants_marketing": True,
        "key": uuid.uuid4(),
        **fields,
    }
    by = make_staff(Role.REGISTRATIONS_OFFICER)
    return interest.enter_from_paper(
        by=by, conference=conference, received_at=received_at, at=at, **facts
    )


def test_interest_on_paper_counts_at_once_as_of_its_receipt(west_midlands, door):
    key = uuid.uuid4()
    row = on_paper(west_midlands, key=key)
    assert (row.registered_at, row.confirmed_at) == (IN_2022, IN_2022)
    assert list(Interest.objects.confirmed()) == [row]
    assert Consent.objects.get().address == "ron@people.example"
    assert AuditEntry.objects.get().action == "interest.entered"
    mail = Mail.objects.get()
    assert mail.subject == "On the list: West Midlands 2022"
    assert on_paper(west_midlands, key=key) == row
    assert Mail.objects.count() == 1


@pytest.mark.parametrize(
    ("received_at", "sentence"),
    [
        (IN_2022 + DAY, "closed"),
        (IN_2022 + DAY * 6, "later than now"),
    ],
)
def test_interest_on_paper_that_came_too_late_or_not_yet_is_refused(
    west_midlands, door, received_at, sentence
):
    with pytest.raises(ValidationError, match=sentence):
        on_paper(west_midlands, received_at=received_at)
    assert not Interest.objects.exists()


def test_interest_on_paper_of_somebody_on_the_list_is_refused(west_midlands, door):
    on_paper(west_midlands)
    with pytest.raises(ValidationError, match="on the list already"):
        on_paper(west_midlands)


def test_staff_enter_an_interest_from_paper_and_keep_what_was_refused(client, west_midlands, door):
    sign_in(client, make_staff(Role.REGISTRATIONS_OFFICER))
    url = reverse("admin:registrations_interest_enter")
    facts = {
        "conference": west_midlands.pk,
        "received_at": "2022-02-02T00:00",
        "name": "Ron Paper",
        "email": "ron@people.example",
        "key": str(uuid.uuid4()),
    }
    with clock.frozen(IN_2022 + DAY * 5):
        refused = client.post(url, facts).content.decode()
        assert not Interest.objects.exists()
        done = client.post(url, facts | {"received_at": "2022-02-01T23:59"}, follow=True)
    assert ("Ron Paper" in refused, "closed" in refused) == (True, True)
    assert "is on the list, and was written to" in done.content.decode()
    assert Interest.objects.confirmed().count() == 1
