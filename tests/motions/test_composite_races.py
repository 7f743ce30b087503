"""Bodies sign a composite at once, and one leaves while it is published, on PostgreSQL. Each rig first
shows that it can fail."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from django.core.exceptions import ValidationError

from motions.composites.models import Answer, Composite
from motions.composites.services import answering, publishing
from motions.models import Motion
from tests.factories import make_officer
from tests.motions.composing import NOW, TEXTS, make_story
from tests.registrations import race

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.drill,
    pytest.mark.django_db(transaction=True),
]
SIGNERS = 4


def laid():
    """A composite of three motions that is before its bodies."""
    story = make_story()
    story.group()
    story.lay()
    return story


def said(act, *args, **facts):
    """What somebody was told, as an answer that can be counted."""
    try:
        act(*args, **facts)
    except ValidationError as refusal:
        return refusal.error_list[0].code
    return "done"


def signed_at_once(story) -> Counter[str]:
    """Several officers of each body sign in the same moment, each with a form of their own."""
    officers = {
        name: [make_officer(story.motions[name].organisation) for _ in range(SIGNERS)]
        for name in TEXTS
    }
    every = [(name, officer) for name, some in officers.items() for officer in some]
    return race.together(len(every), lambda n: said(story.answer, every[n][0], by=every[n][1]))


def in_force(story) -> Counter[str]:
    rows = Answer.objects.filter(part__composite=story.composite).in_force()
    return Counter(rows.values_list("part__motion__title", flat=True))


def test_rig_without_locks_lets_one_body_sign_twice_or_fail(monkeypatch):
    """The earlier answer is ended, the new one written; another gets in between."""
    audited = answering.rules.needs_officer

    def slowly(*args):
        time.sleep(0.05)
        return audited(*args)

    monkeypatch.setattr(answering.rules, "needs_officer", slowly)
    with race.without_locks():
        for _ in range(5):
            if signed_at_once(laid())["error: IntegrityError"]:
                return
    pytest.fail("the rig kept one answer a body without locks: it proves nothing")


def test_bodies_that_sign_at_once_have_one_answer_each_and_the_composite_is_agreed(monkeypatch):
    story = laid()
    assert signed_at_once(story) == {"done": SIGNERS * len(TEXTS)}
    assert in_force(story) == {f"Energy, {name}": 1 for name in TEXTS}
    assert [place.says.value for place in story.standing().places] == ["signed"] * len(TEXTS)
    assert said(publishing.publish, by=story.cac, composite=story.composite, at=NOW) == "done"
    assert Motion.objects.filter(state="composited").count() == len(TEXTS)


def left_while_published(monkeypatch, choice) -> tuple[dict[str, str], str, str]:
    """All have signed; Tyne leaves while the committee publishes: what each was told, what state the
    composite is in and what Tyne's motion."""
    story = laid()
    for name in TEXTS:
        story.answer(name)
    composite = Composite.objects.get(pk=story.composite.pk)
    read, reading, told = publishing.standing_of, [], {}

    def slowly(found):
        standing = read(found)
        reading.append(True)
        time.sleep(0.3)
        return standing

    monkeypatch.setattr(publishing, "standing_of", slowly)

    def act(n):
        if n == 0:
            told["publish"] = said(publishing.publish, by=story.cac, composite=composite, at=NOW)
            return told["publish"]
        while not reading:  # it leaves when the committee has seen that all have signed
            time.sleep(0.005)
        told["leave"] = said(story.answer, "Tyne", choice)
        return told["leave"]

    race.together(2, act)
    monkeypatch.setattr(publishing, "standing_of", read)
    composite.refresh_from_db()
    tyne = story.motions["Tyne"]
    tyne.refresh_from_db()
    says = Answer.objects.filter(part__motion=tyne).in_force().get().choice
    return told, says, tyne.state


def test_rig_without_locks_publishes_the_words_of_a_body_that_has_left(monkeypatch):
    with race.without_locks():
        told, says, state = left_while_published(monkeypatch, "stays_out")
    assert told == {"publish": "done", "leave": "done"}
    assert (says, state) == ("stays_out", "composited")


@pytest.mark.parametrize("choice", ["stays_out", "withdraws"])
def test_body_that_leaves_while_it_is_published_is_told_that_it_came_too_late(monkeypatch, choice):
    told, says, state = left_while_published(monkeypatch, choice)
    assert told == {"publish": "done", "leave": "state"}
    assert (says, state) == ("signs", "composited")


@pytest.mark.parametrize("choice", ["stays_out", "withdraws"])
def test_body_that_left_before_is_in_no_published_composite(choice):
    story = laid()
    for name in TEXTS:
        story.answer(name)

    def act(n):
        if n == 0:
            return said(story.answer, "Tyne", choice)
        return said(publishing.publish, by=story.cac, composite=story.composite, at=NOW)

    answers = race.together(2, act)
    tyne = Motion.objects.get(pk=story.motions["Tyne"].pk)
    says = Answer.objects.filter(part__motion=tyne).in_force().get().choice
    # whoever came first: never both published with its words and left
    assert (says == "signs") == (tyne.state == "composited")
    assert not any(word.startswith("error") for word in answers)
