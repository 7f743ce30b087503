"""An amendment moved to the text that another one made."""

import pytest

from motions.texts import rebasing
from motions.texts.blocks import parse, render_text
from motions.texts.operations import apply
from motions.texts.rebasing import Place, rebase
from motions.texts.spoken import sentences
from tests.texts.amending import scene, wording

pytestmark = pytest.mark.drill

OLD = "Fares rise each year.\n\nBuses are late. Trams are clean.\n\nWe ask for action."


def moved(new, proposal):
    return rebase(parse(OLD), parse(new), parse(proposal))


def test_rebase_onto_an_unrelated_change_keeps_the_amendment():
    new = "First things first.\n\n" + OLD.replace("Fares rise", "Fares soar")
    found = moved(new, OLD.replace("action", "urgent action"))
    assert (found.note, found.is_clean) == (rebasing.UNTOUCHED, True)
    assert render_text(found.proposal) == new.replace("action", "urgent action")
    assert wording(apply(found.operations, parse(new))) == wording(found.proposal)
    assert sentences(parse(new), found.proposal) == [
        'In paragraph 4, after "for", insert "urgent".'
    ]


def test_rebase_into_a_sentence_that_changed_asks_to_read_it():
    found = moved(OLD.replace("ask for", "demand"), OLD.replace("action", "urgent action"))
    assert (found.note, found.is_clean) == (rebasing.TOUCHED, True)
    assert render_text(found.proposal).endswith("We demand urgent action.")


def test_rebase_onto_a_text_that_says_it_already_leaves_nothing():
    proposal = OLD.replace("late", "slow")
    found = moved(proposal.replace("Fares", "Prices"), proposal)
    assert (found.note, found.operations, found.is_clean) == (rebasing.CONTAINED, (), True)


def test_rebase_onto_a_text_that_says_part_of_it_leaves_the_rest():
    proposal = OLD.replace("late", "slow").replace("year", "month")
    found = moved(OLD.replace("late", "slow"), proposal)
    assert found.note == rebasing.PARTLY_CONTAINED
    assert sentences(parse(OLD.replace("late", "slow")), found.proposal) == [
        'In paragraph 1, delete "year", insert "month".'
    ]


def test_rebase_onto_a_collision_marks_the_place_in_the_newer_text():
    new = "First things first.\n\n" + OLD.replace("late", "slow")
    found = moved(new, OLD.replace("late", "dirty").replace("action", "urgent action"))
    assert (found.note, found.is_clean, found.operations) == (rebasing.COLLIDES, False, ())
    assert found.places == (
        Place(
            "overlap",
            3,
            "Buses are late. Trams are clean.",
            "Buses are slow. Trams are clean.",
            "Buses are dirty. Trams are clean.",
        ),
    )


def test_rebase_of_a_change_to_what_is_gone_marks_the_place_before_it():
    new = "Fares rise each year.\n\nWe ask for action."
    (place,) = moved(new, OLD.replace("late", "dirty")).places
    assert (place.kind, place.paragraph, place.is_now) == ("delete-vs-change", 1, "")


def test_rebase_onto_another_text_altogether_marks_the_whole():
    (place,) = moved("Members own shops.", OLD.replace("late", "dirty")).places
    assert (place.kind, place.paragraph, place.is_now) == ("replace-all", 1, "Members own shops.")


def test_rebase_of_generated_amendments_keeps_the_promises(is_drill):
    for seed in range(10_000 if is_drill else 250):
        old, proposals = scene(seed)
        for proposal in proposals.values():
            same = rebase(old, old, proposal)
            assert wording(same.proposal) == wording(proposal)
            assert rebase(old, proposal, old).operations == ()
            extra = parse("Entirely unrelated wording.")
            new = [*extra, *old]
            if wording(proposal)[:1] == wording(old)[:1] != []:
                found = rebase(old, new, proposal)
                assert wording(found.proposal) == wording([*extra, *proposal])
        for new in list(proposals.values())[1:]:
            found = rebase(old, new, next(iter(proposals.values())))
            assert wording(apply(found.operations, new)) == wording(found.proposal) or found.places
