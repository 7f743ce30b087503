"""The business section of conference files, on the real file of 2016."""

import datetime as dt
from pathlib import Path

import pytest

from events.files.loading import FileRefused, load
from events.files.writing import write_conference
from motions.models import Call, Post
from tests.factories import AT
from tests.motions.make import make_motion

pytestmark = pytest.mark.django_db

FILE = Path(__file__).parent.parent.parent / "events/conferences/annual-2016.yaml"


@pytest.fixture
def text():
    return FILE.read_text()


def test_file_of_2016_brings_its_rules_and_is_loaded_twice_without_a_change(text):
    conference = load(by=None, text=text, at=AT).conference
    call, amendments = Call.objects.filter(deadline__conference=conference).order_by("-kind")
    assert (call.kind, call.max_words, call.sender_kinds) == (
        "organisational",
        300,
        ["party_council", "society"],
    )
    assert (amendments.kind, amendments.max_words) == ("amendment", None)
    assert amendments.deadline.closes_on == dt.date(2016, 8, 1)
    post = Post.objects.get(deadline__conference=conference)
    assert post.vacancies == 2
    assert {bar.region.name for bar in post.bars.all()} == {
        "West Midlands",
        "North East & North Cumbria",
    }
    assert not load(by=None, text=text, at=AT).has_changed


def test_file_of_2016_comes_back_as_it_was(text):
    conference = load(by=None, text=text, at=AT).conference
    written = write_conference(conference)
    assert not load(by=None, text=written, at=AT).has_changed
    assert written[written.index("business:") :].count("because:") == 2


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ("max_words: 300", "max_words: many", "max_words"),
        ("door: cac_nominations", "door: nowhere", "no deadline ‘nowhere’"),
        ("region: West Midlands", "region: Wessex", "no region ‘Wessex’"),
        ("honours: person", "honours: dog", "‘dog’"),
        ("from: [party_council, society, branch]", "from: [club]", "‘club’"),
    ],
)
def test_file_with_a_wrong_rule_names_line_and_field(text, right, wrong, sentence):
    with pytest.raises(FileRefused) as refusal:
        load(by=None, text=text.replace(right, wrong, 1), at=AT)
    line = (
        text.replace(right, wrong, 1)
        .splitlines()
        .index(next(line for line in text.replace(right, wrong, 1).splitlines() if wrong in line))
    )
    problem = next(p for p in refusal.value.problems if p.line == line + 1)
    assert sentence in str(problem)


def test_file_without_a_call_that_has_motions_is_refused(text):
    conference = load(by=None, text=text, at=AT).conference
    make_motion(Call.objects.get(deadline__conference=conference, kind="organisational"))
    start = text.index("  motions:\n")
    without = text[:start] + text[text.index("  posts:\n") :]
    with pytest.raises(FileRefused) as refusal:
        load(by=None, text=without, at=AT)
    assert "something has been sent to it" in str(refusal.value.problems[0])


POSTS = """  posts:
    - title: Member of the Conference Arrangements Committee
      vacancies: 2
      fills: Conference Arrangements Committee
      terms: [3, 1]
      member_months: 12
      only_region: Wales
      one_per_region: no
      nominations_needed: 2
      statement_max_words: 250
      answers_until: delegate_registration
      withdrawal_until: delegate_registration
      door: cac_nominations
"""


def _with_posts(text, posts):
    return text[: text.index("  posts:\n")] + posts + text[text.index("  awards:\n") :]


def test_file_with_everything_a_post_can_have_comes_back_as_it_was(text):
    conference = load(by=None, text=_with_posts(text, POSTS), at=AT).conference
    post = Post.objects.get(deadline__conference=conference)
    assert (post.places, post.for_region.name, post.one_per_region) == ([3, 1], "Wales", False)
    assert post.answers_deadline == post.withdrawal_deadline
    assert not load(by=None, text=write_conference(conference), at=AT).has_changed


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ("terms: [3, 1]", "terms: [3, long]", "number of years"),
        ("terms: [3, 1]", "terms: [3]", "2 places and 1 terms"),
        ("only_region: Wales", "only_region: Wessex", "no region ‘Wessex’"),
        ("answers_until: delegate_registration", "answers_until: never", "no deadline ‘never’"),
    ],
)
def test_file_with_a_wrong_rule_of_a_post_says_what_is_wrong(text, right, wrong, sentence):
    with pytest.raises(FileRefused) as refusal:
        load(by=None, text=_with_posts(text, POSTS).replace(right, wrong), at=AT)
    assert sentence in " ".join(map(str, refusal.value.problems))
