"""The table of moves against every verb of a body, in every state."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from motions.models import Motion, Receipt, Ruling
from motions.services.drafting import Wording, save_draft
from motions.services.late import put_on_late_list
from motions.services.sending import confirm_submission, send_back, submit
from motions.services.withdrawing import withdraw
from tests.factories import AT
from tests.motions.make import CLOSED, key, make_motion

pytestmark = pytest.mark.django_db

VERBS = {
    "submit": lambda m: submit(
        by=m.created_by, motion=m, version=m.draft_version, at=AT, key=key()
    ),
    "confirm": lambda m: confirm_submission(by=m.created_by, motion=m, at=AT, key=key()),
    "send back": lambda m: send_back(by=m.created_by, motion=m, reason="Because.", at=AT),
    "withdraw": lambda m: withdraw(by=m.created_by, motion=m, at=AT, key=key()),
    "late": lambda m: put_on_late_list(
        by=m.created_by,
        motion=m,
        version=m.draft_version,
        reason="The post was slow.",
        at=CLOSED,
        key=key(),
    ),
}
# verb → {state: state afterwards}; every other state refuses
ALLOWED = {
    "submit": {
        "draft": "submitted",
        "awaiting_confirmation": "submitted",
        "clarification": "submitted",
        "rewording": "submitted",
    },
    "confirm": {"awaiting_confirmation": "submitted"},
    "send back": {"awaiting_confirmation": "draft"},
    "withdraw": dict.fromkeys(set(Motion.State.values) - {"withdrawn", "composited"}, "withdrawn"),
    "late": {"draft": "late"},
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", sorted(Motion.State.values))
def test_verb_by_state_follows_the_table(state, verb):
    motion = make_motion(state=state)
    after = ALLOWED[verb].get(state)
    if after is None:
        with pytest.raises(ValidationError):
            VERBS[verb](motion)
        after = state
    else:
        VERBS[verb](motion)
    motion.refresh_from_db()
    assert motion.state == after


@pytest.mark.parametrize("state", sorted(Motion.State.values))
def test_save_by_state_changes_only_what_is_editable(state):
    motion = make_motion(state=state)
    result = save_draft(
        by=motion.created_by,
        motion=motion,
        version=1,
        wording=Wording(title="New", text="New text."),
        at=AT,
    )
    motion.refresh_from_db()
    is_changed = state in {"draft", "submitted", "clarification", "rewording"}
    assert (motion.draft_text == "New text.") is is_changed
    assert (result.kept is None) is is_changed
    assert motion.saves.filter(text="New text.").count() == 1


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"state": "submitted"}, "motions_motion_sent_in_has_time_and_text"),
        ({"state": "withdrawn"}, "motions_motion_withdrawn_has_a_time"),
        ({"channel": "post"}, "motions_motion_paper_has_a_receipt_time"),
        ({"submitted_at": AT}, "motions_motion_sent_by_somebody"),
        ({"confirmed_at": AT}, "motions_motion_confirmed_by_somebody"),
        ({"withdrawn_at": AT}, "motions_motion_withdrawn_by_somebody"),
    ],
)
def test_constraints_of_a_motion_hold_in_the_database(change, constraint):
    motion = make_motion()
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Motion.objects.filter(pk=motion.pk).update(**change)
    assert constraint in str(error.value)


def test_constraint_of_publication_holds_in_the_database():
    motion = make_motion(state="in_order")
    with pytest.raises(IntegrityError), transaction.atomic():
        Motion.objects.filter(pk=motion.pk).update(state="published")


def test_two_rulings_in_force_are_refused_by_the_database():
    motion = make_motion(state="submitted")
    facts = {
        "motion": motion,
        "version": motion.current_version,
        "verdict": "in_order",
        "ruled_by": motion.created_by,
        "ruled_at": AT,
    }
    Ruling.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ruling.objects.create(**facts)


def test_receipt_for_nothing_is_refused_by_the_database():
    motion = make_motion()
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.create(
            conference=motion.conference,
            number=1,
            kind="submitted",
            at=AT,
            given_to=motion.created_by,
            title="x",
        )
