"""Categories: data of a conference, chosen by the body, corrected by the committee."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from events.files.loading import FileRefused, load
from events.files.writing import write_conference
from members.models import AuditEntry
from motions.models import Call, Category, Motion
from motions.services.categorising import categorise
from motions.services.drafting import Wording, save_draft
from tests.factories import (
    AT,
    make_appointment,
    make_conference,
    make_user,
    sign_in,
)
from tests.motions.make import TEXT, make_motion

pytestmark = pytest.mark.django_db

FILE = Path(__file__).parent.parent.parent / "events/conferences/annual-2016.yaml"
NAMES = "business:\n  categories: [Economy, Housing, The party itself]\n"


def make_categories(conference, *names):
    return [
        Category.objects.create(conference=conference, name=name, position=place)
        for place, name in enumerate(names or ("Economy", "Housing"), start=1)
    ]


def names(conference):
    return list(conference.motion_categories.values_list("name", flat=True))


def saved(motion, category, by=None):
    wording = Wording(title=motion.title, text=motion.draft_text, category=category)
    return save_draft(
        by=by or motion.created_by,
        motion=motion,
        version=motion.draft_version,
        wording=wording,
        at=AT,
    ).motion


def test_file_with_categories_brings_them_in_order_and_comes_back_as_it_was():
    text = FILE.read_text().replace("business:\n", NAMES, 1)
    conference = load(by=None, text=text, at=AT).conference
    assert names(conference) == ["Economy", "Housing", "The party itself"]
    assert not load(by=None, text=text, at=AT).has_changed
    assert not load(by=None, text=write_conference(conference), at=AT).has_changed


def test_file_with_another_order_keeps_the_rows_and_removes_what_it_does_not_name():
    text = FILE.read_text().replace("business:\n", NAMES, 1)
    conference = load(by=None, text=text, at=AT).conference
    housing = conference.motion_categories.get(name="Housing")
    again = text.replace("[Economy, Housing, The party itself]", "[Housing, Energy]")
    assert load(by=None, text=again, at=AT).has_changed
    assert names(conference) == ["Housing", "Energy"]
    assert conference.motion_categories.first() == housing


def test_file_without_a_category_that_has_motions_or_with_one_twice_is_refused():
    text = FILE.read_text().replace("business:\n", NAMES, 1)
    conference = load(by=None, text=text, at=AT).conference
    category = conference.motion_categories.get(name="Housing")
    call = Call.objects.get(deadline__conference=conference, kind=Call.Kind.ORGANISATIONAL)
    make_motion(call, category=category)
    again = text.replace("[Economy, Housing, The party itself]", "[Energy, Energy]")
    with pytest.raises(FileRefused) as refusal:
        load(by=None, text=again, at=AT)
    said = " ".join(map(str, refusal.value.problems))
    assert "‘Energy’ stands twice" in said
    assert "‘Housing’ is no longer in the file, but motions stand under it" in said
    assert "categories" in said


def test_body_chooses_a_category_of_its_conference_while_it_is_a_draft():
    motion = make_motion()
    economy, housing = make_categories(motion.conference)
    assert saved(motion, housing).category == housing
    motion.refresh_from_db()
    assert saved(motion, economy).category == economy
    [foreign] = make_categories(make_conference(), "Economy")
    motion.refresh_from_db()
    with pytest.raises(ValidationError):
        saved(motion, foreign)


def test_body_no_longer_chooses_once_it_is_sent_in(client, at):
    at("2016-03-14 12:00")
    motion = make_motion(state="submitted")
    economy, housing = make_categories(motion.conference)
    Motion.objects.filter(pk=motion.pk).update(category=economy)
    motion.refresh_from_db()
    assert saved(motion, housing).category == economy
    sign_in(client, motion.created_by)
    page = reverse("motions:edit", args=[motion.conference.slug, motion.pk])
    assert 'name="category"' not in client.get(page).content.decode()


def test_editor_offers_the_conferences_categories_and_no_choice_where_there_are_none(client, at):
    at("2016-03-14 12:00")
    motion = make_motion()
    sign_in(client, motion.created_by)
    page = reverse("motions:edit", args=[motion.conference.slug, motion.pk])
    assert 'name="category"' not in client.get(page).content.decode()
    economy, _ = make_categories(motion.conference)
    make_categories(make_conference(), "Elsewhere")
    assert "Elsewhere" not in client.get(page).content.decode()
    typed = {"version": 1, "title": "T", "text": TEXT, "category": economy.pk}
    client.post(page, typed)
    motion.refresh_from_db()
    assert motion.category == economy


@pytest.fixture
def member(at):
    at("2016-04-20 12:00")
    return make_user("cac@example.org", "Rhian Morgan")


def test_committee_corrects_the_category_and_the_trail_says_so(client, member):
    motion = make_motion(state="published")
    make_appointment(member, motion.conference)
    economy, _ = make_categories(motion.conference)
    sign_in(client, member)
    page = reverse("motions:cac-motion", args=[motion.conference.slug, motion.pk])
    client.post(page, {"act": "category", "category-category": economy.pk})
    motion.refresh_from_db()
    assert motion.category == economy
    entry = AuditEntry.objects.get(action="motion.categorised")
    assert (entry.before, entry.after) == ({"category": ""}, {"category": "Economy"})
    client.post(page, {"act": "category", "category-category": ""})
    motion.refresh_from_db()
    assert motion.category is None


def test_member_kept_from_a_motion_does_not_say_where_it_stands(member):
    motion = make_motion(state="submitted", by=member)
    economy, _ = make_categories(motion.conference)
    with pytest.raises(ValidationError) as refusal:
        categorise(by=member, motion=motion, category=economy, at=AT)
    assert refusal.value.code == "own_body"
    motion.refresh_from_db()
    assert motion.category is None


def test_category_of_another_conference_is_refused(member):
    motion = make_motion(state="submitted")
    [foreign] = make_categories(make_conference(), "Economy")
    with pytest.raises(ValidationError) as refusal:
        categorise(by=member, motion=motion, category=foreign, at=AT)
    assert "category" in refusal.value.message_dict
