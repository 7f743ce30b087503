"""The rules of a committee: defaults, files, what the database and the form refuse."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from events.files.loading import FileRefused, load
from events.files.writing import write_conference
from motions.models import Call, CommitteeRules, RulingReason
from tests.factories import AT, make_appointment, make_conference, make_deadline, make_user

pytestmark = pytest.mark.django_db

FILE = Path(__file__).parent.parent.parent / "events/conferences/annual-2016.yaml"
COMMITTEE = """business:
  committee:
    readers: 2
    appeal_door: amendments
    reasons: [Already decided]
    basis: Standing order 4
"""


def test_conference_without_rules_has_one_reader_and_fourteen_days_to_appeal():
    rules = CommitteeRules.of(make_conference())
    assert (rules.pk is None, rules.needs_two, rules.takes_appeals, rules.appeal_days) == (
        False,
        False,
        True,
        14,
    )
    assert not CommitteeRules.objects.exists()


def test_file_with_a_committee_brings_its_rules_and_comes_back_as_it_was():
    text = FILE.read_text().replace("business:\n", COMMITTEE, 1)
    conference = load(by=None, text=text, at=AT).conference
    rules = CommitteeRules.of(conference)
    assert rules.needs_two
    assert (rules.appeal_days, rules.appeal_deadline.kind) == (None, "amendments")
    assert [reason.name for reason in rules.reasons.all()] == ["Already decided"]
    assert not load(by=None, text=text, at=AT).has_changed
    assert not load(by=None, text=write_conference(conference), at=AT).has_changed


def test_file_that_no_longer_names_the_committee_brings_the_defaults_back_and_keeps_the_chair():
    text = FILE.read_text()
    conference = load(by=None, text=text.replace("business:\n", COMMITTEE, 1), at=AT).conference
    chair = make_user()
    CommitteeRules.objects.update(chair=chair)
    assert load(by=None, text=text, at=AT).has_changed
    rules = CommitteeRules.of(conference)
    assert (rules.needs_two, rules.appeal_days, rules.chair) == (False, 14, chair)
    assert not rules.reasons.exists()
    assert not load(by=None, text=text, at=AT).has_changed


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ("readers: 2", "readers: 3", "One member reads a motion, or two."),
        ("appeal_door: amendments", "appeal_door: nowhere", "no deadline ‘nowhere’"),
        ("appeal_door: amendments", "appeal_door: amendments\n    appeal_days: 3", "not both"),
        ("[Already decided]", "[Boring]", "no reason ‘Boring’"),
    ],
)
def test_file_with_a_wrong_rule_of_the_committee_says_what_is_wrong(right, wrong, sentence):
    text = FILE.read_text().replace("business:\n", COMMITTEE, 1).replace(right, wrong, 1)
    with pytest.raises(FileRefused) as refusal:
        load(by=None, text=text, at=AT)
    assert sentence in str(refusal.value.problems)


def test_threshold_and_tests_of_a_call_stand_in_its_file():
    text = FILE.read_text().replace(
        "max_words: 300", "max_words: 300\n      threshold: two_thirds\n      late_test: Snow?", 1
    )
    conference = load(by=None, text=text, at=AT).conference
    call = Call.objects.get(deadline__conference=conference, kind=Call.Kind.ORGANISATIONAL)
    assert (call.threshold, call.late_test) == ("two_thirds", "Snow?")
    assert call.threshold_in_words == "at least two thirds of the votes for and against"
    assert not load(by=None, text=write_conference(conference), at=AT).has_changed


def test_chair_who_does_not_sit_on_the_committee_is_refused():
    conference, person = make_conference(), make_user()
    rules = CommitteeRules(conference=conference, chair=person)
    with pytest.raises(ValidationError) as refusal:
        rules.full_clean()
    assert "chair" in refusal.value.message_dict
    make_appointment(person, conference)
    rules.full_clean()


def test_deadline_for_appeals_of_another_conference_is_refused():
    rules = CommitteeRules(
        conference=make_conference(), appeal_days=None, appeal_deadline=make_deadline()
    )
    with pytest.raises(ValidationError) as refusal:
        rules.full_clean()
    assert "appeal_deadline" in refusal.value.message_dict


def test_reasons_of_the_list_are_there_to_choose_from():
    assert RulingReason.objects.filter(is_active=True).count() == 10
