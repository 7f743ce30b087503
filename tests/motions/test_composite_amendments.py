"""What becomes of amendments to motions that are part of a composite: decided one by one."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from mailing.models import Mail
from motions.composites.models import AmendmentDecision
from motions.composites.services import publishing
from motions.composites.services.amendments import decide, undecided
from motions.models import Amendment
from tests.motions.composing import NOW, TEXTS, make_story, signed_in
from tests.motions.make import make_amendment

pytestmark = pytest.mark.django_db
#: Of a paragraph that the composite keeps as it is, and of one that it has in other words.
CLEAN = TEXTS["Severn"].replace("a plan for", "a bold plan for")
MEETS = TEXTS["Tyne"].replace("lowers our bills", "lowers the bills of us all")


@pytest.fixture
def story(at):
    at(NOW)
    return make_story()


def published(story, name, text, state="published"):
    """The composite of two, and an amendment to one of them made before."""
    motion = story.motions[name]
    amendment = make_amendment(motion, text=text, state=state, number="7.1")
    story.group("Severn", "Tyne")
    story.lay("Severn", "Tyne")
    story.answer("Severn")
    story.answer("Tyne")
    made = publishing.publish(by=story.cac, composite=story.composite, at=NOW)
    story.composite.refresh_from_db()
    return amendment, made


def decided(story, amendment, outcome, words=""):
    facts = {"composite": story.composite, "amendment": amendment, "outcome": outcome}
    return decide(by=story.cac, words=words, at=NOW, **facts)


def test_amendment_waits_until_it_is_decided(story):
    amendment, _ = published(story, "Severn", CLEAN)
    assert list(undecided(story.composite)) == [amendment]
    decided(story, amendment, "carried_over")
    assert not undecided(story.composite).exists()


def test_amendment_that_is_carried_over_is_one_to_the_composite(story):
    amendment, made = published(story, "Severn", CLEAN)
    original = amendment.current_version
    decision = decided(story, amendment, "carried_over")
    row = Amendment.objects.get(pk=amendment.pk)
    assert (decision.outcome, row.state, row.amends) == ("carried_over", "published", made)
    assert row.current_version.base == made.current_version
    text = [block.text for block in row.current_version.blocks.all()]
    assert "to ask the NEC for a bold plan for community energy." in text
    assert "to train organisers in every region." in text
    assert row.versions.count() == 2
    assert original.base == story.motions["Severn"].current_version


def test_amendment_that_meets_other_words_goes_back_with_the_places(story):
    amendment, made = published(story, "Tyne", MEETS)
    decision = decided(story, amendment, "carried_over")
    row = Amendment.objects.get(pk=amendment.pk)
    assert (decision.outcome, row.state, row.amends) == ("given_back", "rewording", made)
    assert row.rebasings.get().places


def test_amendment_given_back_on_purpose_goes_back(story):
    amendment, _ = published(story, "Severn", CLEAN)
    decided(story, amendment, "given_back", "Say it for the whole composite.")
    row = Amendment.objects.get(pk=amendment.pk)
    assert row.state == "rewording"
    assert Mail.objects.filter(text__contains="Say it for the whole composite.").exists()


def test_amendment_that_ends_stays_readable_and_its_body_is_told(story, client):
    amendment, made = published(story, "Severn", CLEAN)
    with pytest.raises(ValidationError):
        decided(story, amendment, "ended")
    decided(story, amendment, "ended", "C1 says it already.")
    row = Amendment.objects.get(pk=amendment.pk)
    assert (row.state, row.composited_into) == ("composited", made)
    assert row.state_in_words == "ended: its motion is part of C1"
    assert client.get(row.get_absolute_url()).status_code == 200
    assert Mail.objects.filter(text__contains="C1 says it already.").exists()
    assert list(made.composited_from.order_by("pk")) == [
        story.motions["Severn"],
        story.motions["Tyne"],
    ]


def test_amendment_not_ruled_on_is_not_ended_but_may_be_carried_over(story):
    amendment, _ = published(story, "Severn", CLEAN, state="submitted")
    with pytest.raises(ValidationError) as refusal:
        decided(story, amendment, "ended", "No.")
    assert refusal.value.code == "state"
    assert decided(story, amendment, "carried_over").outcome == "carried_over"


def test_amendment_decided_twice_is_decided_once(story):
    amendment, _ = published(story, "Severn", CLEAN)
    assert decided(story, amendment, "carried_over") == decided(story, amendment, "carried_over")
    with pytest.raises(ValidationError):
        decided(story, amendment, "ended", "No.")


def test_member_kept_from_the_amendments_body_does_not_decide(story):
    amendment, _ = published(story, "Severn", CLEAN)
    amendment.organisation.motions.update(confirmed_by=None)
    Amendment.objects.filter(pk=amendment.pk).update(created_by=story.cac)
    with pytest.raises(ValidationError) as refusal:
        decided(story, amendment, "carried_over")
    assert refusal.value.code == "own_body"


def test_committee_decides_on_its_page(story):
    amendment, _ = published(story, "Severn", CLEAN)
    client = signed_in(story.cac)
    assert "1 amendment to its motions waits" in client.get(story.desk()).content.decode()
    url = reverse("motions:composite-amendments", args=[story.conference.slug, story.composite.pk])
    data = {"amendment": amendment.pk, f"{amendment.pk}-outcome": "ended"}
    shown = client.post(url, data).content.decode()
    assert "Say why it ends" in shown
    shown = client.post(url, {**data, f"{amendment.pk}-words": "Done."}, follow=True)
    assert "Decided: ended. Its body is told." in shown.content.decode()
    assert client.post(url, data).status_code == 404


def test_decision_to_end_says_why_in_the_database(story):
    amendment, _ = published(story, "Severn", CLEAN)
    decision = decided(story, amendment, "carried_over")
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        AmendmentDecision.objects.filter(pk=decision.pk).update(outcome="ended")
    assert "motions_amendmentdecision_ended_says_why" in str(error.value)
