"""When the hour has come, and what of the panel's work waits for it."""

import datetime as dt

import pytest

from members.models import AuditEntry
from members.personal_data import Person
from members.services.personal_data import erase_person, export_person
from members.services.retention import enforce
from motions.awards import embargo, sealing
from motions.models import AwardHonour, AwardNominee, AwardRules, SealedEntry
from tests.conftest import instant
from tests.factories import make_staff
from tests.motions.awards.make import AFTER, BEFORE, CLOSED, HOUR, Panel

pytestmark = pytest.mark.django_db
NAME = "Sally Secret"

#: hour, status, days of the conference, asked at -> over?
STATES = [
    (HOUR, "open", ("2016-09-09", "2016-09-11"), BEFORE, False),
    (HOUR, "open", ("2016-09-09", "2016-09-11"), AFTER, True),
    (HOUR, "over", ("2016-09-09", "2016-09-11"), AFTER, True),
    (HOUR, "postponed", ("2016-09-09", "2016-09-11"), AFTER, False),
    (HOUR, "cancelled", ("2016-09-09", "2016-09-11"), AFTER, False),
    (HOUR, "draft", ("2016-09-09", "2016-09-11"), AFTER, False),
    (None, "over", ("2016-09-09", "2016-09-11"), AFTER, False),
    # postponed and open again on other days, the hour forgotten
    (HOUR, "open", ("2016-11-11", "2016-11-13"), AFTER, False),
    (HOUR, "open", (None, None), AFTER, False),
    # the evening before, and one that goes past midnight
    (HOUR, "open", ("2016-09-11", "2016-09-11"), AFTER, True),
    (HOUR, "open", ("2016-09-08", "2016-09-09"), AFTER, True),
    (HOUR, "open", ("2016-09-10", None), AFTER, True),
]


@pytest.mark.parametrize(("hour", "status", "days", "at", "is_over"), STATES)
def test_embargo_is_over_at_the_hour_of_a_conference_that_takes_place(
    hour, status, days, at, is_over
):
    panel = Panel(presented_at=hour)
    first, last = (dt.date.fromisoformat(day) if day else None for day in days)
    type(panel.conference).objects.update(status=status, starts_on=first, ends_on=last)
    assert embargo.has_ended(panel.conference, at) is is_over
    assert bool(embargo.ended(at)) is is_over


def test_embargo_of_a_conference_without_rules_never_ends():
    panel = Panel()
    AwardRules.objects.all().delete()
    assert not embargo.has_ended(panel.conference, AFTER)


def test_acts_of_the_panel_enter_the_trail_at_the_hour_once_and_with_their_own_time():
    panel = Panel()
    panel.decided(NAME)
    before = AuditEntry.objects.count()
    waiting = SealedEntry.objects.count()
    assert sealing.enter_trail(at=BEFORE) == 0
    assert AuditEntry.objects.count() == before
    assert sealing.enter_trail(at=AFTER) == waiting > 0
    assert sealing.enter_trail(at=AFTER) == 0
    entry = AuditEntry.objects.get(action="award.decided")
    assert (entry.actor, entry.at) == (panel.chair, CLOSED)
    told = [f"{one.object_label} {one.after}" for one in AuditEntry.objects.all()]
    assert not any(NAME in words or "winner" in words for words in told)


def test_export_of_the_winner_says_nothing_before_the_hour_and_all_after_it():
    panel = Panel()
    panel.decided(NAME, email="sally@x.example")
    person = Person.at_address("sally@x.example")
    staff = make_staff()
    before = export_person(by=staff, person=person, at=BEFORE)
    assert not {name for name in before["tables"] if "award" in name}
    after = export_person(by=staff, person=person, at=AFTER)
    assert {"motions.awardnominee", "motions.awardhonour"} <= set(after["tables"])


def test_erasure_before_the_hour_erases_and_does_not_count_what_is_sealed(settings, tmp_path):
    settings.ERASURE_JOURNAL = tmp_path / "erasures.jsonl"
    panel = Panel()
    panel.decided(NAME, email="sally@x.example")
    person = Person.at_address("sally@x.example")
    counts = erase_person(by=make_staff(), person=person, reason="asked", at=BEFORE)
    assert not {"motions.awardnominee", "motions.awardhonour"} & set(counts)
    assert (AwardNominee.objects.get().name, AwardHonour.objects.get().words) == ("erased", "")


def test_what_is_kept_of_awards_goes_a_year_after_the_conference():
    panel = Panel()
    panel.decided(NAME)
    enforce(at=instant("2017-09-11 12:00"))
    assert AwardNominee.objects.get().name == NAME
    enforce(at=instant("2017-09-12 00:20"))
    assert AwardNominee.objects.get().name == "erased"
    assert AwardHonour.objects.get().words == ""
    assert not panel.category.nominees.filter(scores__isnull=False).exists()
