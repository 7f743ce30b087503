"""Amendments sent while the motion's text moves on, on PostgreSQL. The rig first shows it can fail."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from django.core.exceptions import ValidationError

from motions.amendments import amending
from motions.models import Amendment, Motion
from motions.services import sending
from motions.services.rewording import reword
from motions.services.sending import submit
from motions.texts.blocks import parse
from tests.factories import AT, make_user
from tests.motions.make import TEXT, key, make_amendment, make_amendments_call, make_motion
from tests.registrations import race

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.drill,
    pytest.mark.django_db(transaction=True),
]
SENDERS = 6
NEW = f"{TEXT}\n\nConference is glad."


def moved_while_sent(monkeypatch) -> tuple[Counter[str], list[bool]]:
    """Six bodies send an amendment while the text moves on: what each was told, and of each that was
    sent whether it is to the old text."""
    motion = make_motion(state="published")
    make_amendments_call(motion.conference)
    drafts = [make_amendment(motion) for _ in range(SENDERS)]
    by = make_user()
    asked = amending.why_not

    def slowly(lead):
        found = asked(lead)
        time.sleep(0.02)  # between the look at the motion and the version made of it
        return found

    monkeypatch.setattr(sending.amending, "why_not", slowly)

    def act(n):
        if n == SENDERS:
            reword(by=by, motion=motion, title="T", blocks=parse(NEW), origin="amended", at=AT)
            return "moved"
        try:
            submit(by=drafts[n].created_by, motion=drafts[n], version=1, at=AT, key=key())
        except ValidationError as refusal:
            return refusal.error_list[0].code
        return "sent"

    counted = race.together(SENDERS + 1, act)
    sent = Amendment.objects.filter(state=Motion.State.SUBMITTED)
    return counted, [one.is_stale for one in sent.select_related("amends", "current_version")]


def test_rig_without_locks_leaves_amendments_to_a_text_that_is_gone(monkeypatch):
    with race.without_locks():
        for _ in range(8):
            if any(moved_while_sent(monkeypatch)[1]):
                return
            monkeypatch.undo()
    pytest.fail("the rig left nothing behind without locks: it proves nothing")


def test_amendments_sent_while_the_text_moves_on_are_all_to_the_present_text(monkeypatch):
    counted, left_behind = moved_while_sent(monkeypatch)
    assert not any(left_behind)
    assert counted["moved"] == 1
    assert counted["sent"] + counted["stale"] + counted["superseded"] == SENDERS
