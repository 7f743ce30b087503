"""Two officers edit one draft at once: the loser sees both texts and puts them together."""

import pytest
from django.urls import reverse

from motions.models import DraftSave, Motion
from tests.factories import make_officer, make_society, make_user, sign_in
from tests.motions.make import make_amendment, make_motion

pytestmark = pytest.mark.django_db
BASE = "Conference notes the fares.\n\nConference resolves to ride."
THEIRS = BASE.replace("the fares", "the high fares")
MINE = BASE.replace("to ride", "to ride together")


def url(name, motion):
    return reverse(f"motions:{name}", args=[motion.conference.slug, motion.pk])


@pytest.fixture
def motion(at):
    at("2016-03-14 12:00")
    body = make_society()
    return make_motion(organisation=body, title="On buses", draft_text="")


def save(client, motion, version, text, **fields):
    typed = {"version": version, "title": motion.title, "text": text, "save": "1", **fields}
    return client.post(url("edit", motion), typed)


@pytest.fixture
def lost(client, motion):
    """The page that the second of two officers sees; the first one's draft is version 3."""
    sign_in(client, motion.created_by)
    save(client, motion, 1, BASE)
    first = make_officer(motion.organisation, user=make_user("first@example.org", "Fay First"))
    Motion.objects.filter(pk=motion.pk).update(
        draft_text=THEIRS, draft_version=3, draft_saved_by=first
    )
    return save(client, motion, 2, MINE, title="On red buses", mover="Mo")


def posted(page, **more):
    form = page.context["form"]
    sent = {field.name: field.value() or "" for field in form if field.name not in ("document",)}
    return {**sent, "kept": page.context["kept"].pk, **more}


def test_loser_sees_what_each_changed_and_who_it_was(lost):
    said = lost.content.decode()
    assert lost.status_code == 409
    assert said.count("<fieldset") == 3
    assert "<mark>high</mark>" in said.replace("<mark>high </mark>", "<mark>high</mark>")
    assert "Fay First" in said
    assert [row.proposed for row in lost.context["rows"]] == ["theirs", "mine"]


def test_what_only_one_changed_is_put_together_unsaved_and_then_saved(client, motion, lost):
    page = client.post(url("together", motion), posted(lost, **{"take-title": "mine"}))
    form = page.context["form"]
    merged = BASE.replace("the fares", "the high fares").replace("to ride", "to ride together")
    assert (form["title"].value(), form["text"].value()) == ("On red buses", merged)
    motion.refresh_from_db()
    assert motion.draft_text == THEIRS
    client.post(
        url("edit", motion),
        {field.name: field.value() or "" for field in form if field.name != "document"},
    )
    motion.refresh_from_db()
    assert (motion.draft_text, motion.title, motion.mover) == (merged, "On red buses", "Mo")


@pytest.mark.parametrize(
    ("takes", "text"),
    [
        ({"take-0": "theirs", "take-1": "theirs"}, THEIRS),
        ({"take-0": "mine", "take-1": "mine"}, MINE),
        ({"take-0": "nonsense", "take-99": "mine", "take-x": "mine", "take-": "both"}, None),
    ],
)
def test_choices_are_taken_and_nonsense_leaves_what_is_proposed(client, motion, lost, takes, text):
    page = client.post(url("together", motion), posted(lost, **takes))
    merged = THEIRS.replace("to ride", "to ride together")
    assert page.context["form"]["text"].value() == (text or merged)


def test_third_officer_who_saves_meanwhile_makes_another_conflict(client, motion, lost):
    page = client.post(url("together", motion), posted(lost))
    Motion.objects.filter(pk=motion.pk).update(draft_text="Third.", draft_version=9)
    form = page.context["form"]
    again = save(client, motion, form["version"].value(), form["text"].value())
    assert again.status_code == 409
    motion.refresh_from_db()
    assert motion.draft_text == "Third."
    assert DraftSave.objects.filter(outcome="conflict").count() == 2


def test_copy_that_somebody_else_typed_is_not_there(client, motion, lost):
    other = make_officer(motion.organisation, user=make_user("other@example.org"))
    sign_in(client, other)
    assert client.post(url("together", motion), posted(lost)).status_code == 404
    sign_in(client, make_officer(make_society()))
    assert client.post(url("together", motion), posted(lost)).status_code == 404
    for kept in ("", "x", "0", "9" * 30):
        sign_in(client, motion.created_by)
        assert (
            client.post(url("together", motion), posted(lost) | {"kept": kept}).status_code == 404
        )


def test_amendment_of_two_officers_is_put_together_too(client, at):
    at("2016-03-14 12:00")
    amendment = make_amendment(make_motion(state="published"))
    sign_in(client, amendment.created_by)
    Motion.and_amendments.filter(pk=amendment.pk).update(draft_version=5)
    lost = save(client, amendment, 1, "Conference resolves to sing.")
    assert lost.status_code == 409
    page = client.post(url("together", amendment), posted(lost))
    assert page.status_code == 200
    assert "to sing" in page.content.decode()
