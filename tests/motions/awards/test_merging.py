"""One nominee named by several bodies: recognised, merged, separated; every citation is kept."""

import pytest
from django.core.exceptions import ValidationError

from motions.awards.names import key_of
from motions.awards.services import merging
from motions.models import AwardNomination, AwardNominee, Receipt, SealedEntry
from tests.factories import AT, make_officer, make_society
from tests.motions.awards.make import (
    AFTER,
    CLOSED,
    WINNER,
    Panel,
    make_nomination,
    make_nominee,
    make_proposed,
)
from tests.motions.awards.test_proposing import propose
from tests.motions.make import make_category

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Cllr. Siân O’Neill", "sian oneill"),
        ("sian  o'neill", "sian oneill"),
        ("Dr Ann-Marie Jones MP", "ann marie jones"),
        ("Lord", "lord"),
        ("The Co-operative Party, Stroud", "co operative party stroud"),
        ("Zoë_Ł", "zoeł"),
        ("!!!", ""),
    ],
)
def test_name_is_recognised_however_it_is_written(name, key):
    assert key_of(name) == key


SAME_AND_OTHER = {
    "same name": (("Siân Lee", ""), ("Cllr Sian Lee", ""), True),
    "another name": (("Siân Lee", ""), ("Sian Leigh", ""), False),
    "same address, another name": (("Siân Lee", "s@x.example"), ("S. Lee", "S@X.example"), True),
    "same name, another address": (("Siân Lee", "s@x.example"), ("Siân Lee", "t@x.example"), False),
    "same name, one address": (("Siân Lee", "s@x.example"), ("Siân Lee", ""), True),
    "same name, address comes later": (("Siân Lee", ""), ("Siân Lee", "s@x.example"), True),
}


@pytest.mark.parametrize("case", SAME_AND_OTHER)
def test_person_named_by_two_bodies_is_one_nominee_unless_something_says_otherwise(case):
    first, second, are_one = SAME_AND_OTHER[case]
    category = make_category()
    for name, email in (first, second):
        propose(category, name=name, email=email)
    assert AwardNominee.objects.count() == (1 if are_one else 2)
    sent = AwardNomination.objects.order_by("pk")
    assert [row.nominee_name for row in sent] == [first[0], second[0]]
    if are_one:
        known = first[1] or second[1]
        assert AwardNominee.objects.get().email == known.lower()


def test_body_on_this_site_is_one_nominee_whatever_it_is_called():
    category, body = make_category(honours="body"), make_society("Stroud")
    propose(category, name="Stroud party", nominee_body=body)
    propose(category, name="The people of Stroud", nominee_body=body)
    [nominee] = AwardNominee.objects.all()
    assert (nominee.body, nominee.nominations.count()) == (body, 2)


def test_second_body_is_told_nothing_of_the_first():
    category = make_category()
    propose(category, citation="She founded a food co-op.")
    receipt = propose(category, citation="She drives the bus.")
    assert "food co-op" not in receipt.text
    assert Receipt.objects.count() == 2


def test_nominee_below_18_for_one_body_is_below_18():
    category = make_category()
    propose(category)
    propose(category, is_under_18=True)
    assert AwardNominee.objects.get().is_under_18


def test_merge_takes_every_nomination_over_as_it_was_sent_and_ends_the_scores():
    panel = Panel()
    first = make_proposed(panel.category, "Bob Lee")
    second = make_proposed(panel.category, "Robert Lee", email="bob@x.example")
    panel.score_all(first, second)
    merging.merge(by=panel.second, nominee=first, into=second, at=CLOSED)
    first.refresh_from_db()
    assert first.merged_into == second
    assert [row.nominee_name for row in second.nominations.order_by("pk")] == [
        "Bob Lee",
        "Robert Lee",
    ]
    assert {row.organisation_id for row in second.nominations.all()} != {None}
    assert not first.scores.filter(ended_at__isnull=True).exists()
    assert second.scores.filter(ended_at__isnull=True).count() == 3
    entry = SealedEntry.objects.get(action="award.merged")
    assert entry.facts == {"nominee": first.pk, "into": second.pk}


def test_separate_makes_a_nominee_of_its_own():
    panel = Panel()
    nominee = make_proposed(panel.category, "Ann Lee")
    other = make_nomination(nominee, nominee_email="other@x.example")
    made = merging.separate(by=panel.chair, nomination=other, at=CLOSED)
    assert (made.name, made.email) == ("Ann Lee", "other@x.example")
    assert [row.nominee_id for row in AwardNomination.objects.order_by("pk")] == [
        nominee.pk,
        made.pk,
    ]


def test_separate_the_only_nomination_is_refused():
    panel = Panel()
    nominee = make_proposed(panel.category)
    with pytest.raises(ValidationError) as refusal:
        merging.separate(by=panel.chair, nomination=nominee.nominations.get(), at=CLOSED)
    assert refusal.value.code == "alone"


@pytest.mark.parametrize(
    ("who", "when", "code"),
    [
        ("second", CLOSED, None),
        ("outsider", CLOSED, "judge"),
        ("second", AT, "open"),
        ("second", AFTER, "presented"),
    ],
)
def test_merge_is_for_the_panel_between_the_close_and_the_hour(who, when, code):
    panel = Panel()
    first, second = (make_proposed(panel.category, name) for name in ("Bob Lee", "Rob Lee"))
    by = panel.second if who == "second" else make_officer(make_society())
    if code is None:
        merging.merge(by=by, nominee=first, into=second, at=when)
        return
    with pytest.raises(ValidationError) as refusal:
        merging.merge(by=by, nominee=first, into=second, at=when)
    assert refusal.value.code == code


def test_merge_once_decided_is_refused():
    panel = Panel()
    first, second = (make_proposed(panel.category, name) for name in ("Bob Lee", "Rob Lee"))
    panel.score_all(first, second)
    panel.decide((first, WINNER))
    with pytest.raises(ValidationError) as refusal:
        merging.merge(by=panel.chair, nominee=second, into=first, at=CLOSED)
    assert refusal.value.code == "decided"


def test_merge_of_a_nominee_with_itself_or_of_two_bodies_is_refused():
    panel = Panel(make_category(honours="body"))
    one, two = (
        make_proposed(panel.category, name, body=make_society(name)) for name in ("Stroud", "Hull")
    )
    for into in (one, two):
        with pytest.raises(ValidationError) as refusal:
            merging.merge(by=panel.chair, nominee=one, into=into, at=CLOSED)
        assert refusal.value.code == "same"


def test_merge_by_a_judge_kept_from_one_of_them_is_refused():
    panel = Panel()
    body = make_society()
    make_officer(body, user=panel.second)
    first, second = make_proposed(panel.category, "Bob Lee"), make_nominee(panel.category, "R Lee")
    make_nomination(second, organisation=body)
    with pytest.raises(ValidationError) as refusal:
        merging.merge(by=panel.second, nominee=first, into=second, at=CLOSED)
    assert refusal.value.code == "kept"
