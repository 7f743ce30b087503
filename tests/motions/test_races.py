"""Saving, sending and numbering at once, on PostgreSQL. Each rig first shows that it can fail."""

from __future__ import annotations

import datetime as dt
import os
import threading
import time
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from events import doors
from events.models import Deadline
from mailing.models import Mail
from motions.committee.services import opinions
from motions.models import CommitteeRules, DraftSave, Motion, Receipt, Ruling
from motions.services import receipts
from motions.services.drafting import Wording, save_draft, start_draft
from motions.services.ruling import Judgement
from motions.services.sending import submit
from motions.services.withdrawing import withdraw
from tests.factories import (
    AT,
    make_conference,
    make_deadline,
    make_officer,
    make_society,
    make_user,
)
from tests.motions.make import key, make_call, make_motion
from tests.registrations import race

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.drill,
    pytest.mark.django_db(transaction=True),
]

IS_DRILL = os.environ.get("DRILL") == "1"
SAVERS, ROUNDS = 24, 25 if IS_DRILL else 1


def send(motion, at=AT, k=None):
    try:
        submit(by=motion.created_by, motion=motion, version=1, at=at, key=k or key())
    except ValidationError as refusal:
        return refusal.error_list[0].code
    return "sent"


def test_rig_with_a_comparison_in_python_loses_texts():
    """The version read, compared and written in three steps: somebody is silently overwritten."""
    for _ in range(5):
        motion = make_motion()

        def careless(n, pk=motion.pk):
            row = Motion.objects.get(pk=pk)
            if row.draft_version != 1:
                return "conflict"
            time.sleep(0.002)
            row.draft_text, row.draft_version = f"Text {n}", 2
            row.save()
            return "saved"

        if race.together(SAVERS, careless)["saved"] > 1:
            return
    pytest.fail("the rig lost nothing without its guard: it proves nothing")


@pytest.mark.parametrize("_", range(ROUNDS))
def test_many_savers_of_one_copy_are_one_saved_and_every_text_kept(_):
    motion = make_motion()

    def save(n):
        wording = Wording(title="On co-operation", text=f"Text {n}")
        result = save_draft(by=motion.created_by, motion=motion, version=1, wording=wording, at=AT)
        return "conflict" if result.is_conflict else "saved"

    assert race.together(SAVERS, save) == {"saved": 1, "conflict": SAVERS - 1}
    assert set(motion.saves.values_list("text", flat=True)) == {f"Text {n}" for n in range(SAVERS)}
    motion.refresh_from_db()
    assert motion.draft_text == motion.saves.get(outcome=DraftSave.Outcome.SAVED).text


def test_one_form_sent_twenty_times_at_once_is_one_version_and_one_receipt():
    motion, k = make_motion(), uuid.uuid4()
    assert race.together(20, lambda _: send(motion, k=k)) == {"sent": 20}
    assert motion.versions.count() == 1
    assert Receipt.objects.count() == 1


def test_one_beginning_posted_twenty_times_at_once_is_one_draft():
    call, body = make_call(), make_society()
    officer, k = make_officer(body), uuid.uuid4()

    def begin(_):
        return str(start_draft(by=officer, call=call, organisation=body, at=AT, key=k).pk)

    assert list(race.together(20, begin).values()) == [20]
    assert Motion.objects.count() == 1


def test_one_withdrawal_posted_twenty_times_at_once_is_one_receipt():
    motion, k = make_motion(state="submitted"), uuid.uuid4()

    def take_back(_):
        return str(withdraw(by=motion.created_by, motion=motion, at=AT, key=k).number)

    assert race.together(20, take_back) == {"1": 20}


def test_rig_without_locks_passes_the_limit_of_a_body():
    with race.without_locks():
        for _ in range(5):
            call, body = make_call(per_body_limit=1), make_society()
            motions = [make_motion(call, organisation=body) for _ in range(8)]
            if race.together(8, lambda n, m=motions: send(m[n]))["sent"] > 1:
                return
    pytest.fail("the rig kept the limit without locks: it proves nothing")


@pytest.mark.parametrize("_", range(ROUNDS))
def test_motions_of_one_body_at_once_keep_its_limit(_):
    call, body = make_call(per_body_limit=1), make_society()
    motions = [make_motion(call, organisation=body) for _ in range(8)]
    assert race.together(8, lambda n: send(motions[n])) == {"sent": 1, "limit": 7}


@pytest.mark.parametrize("_", range(ROUNDS))
def test_receipts_through_different_doors_at_once_are_numbered_without_gap_or_double(_):
    conference = make_conference()
    calls = [
        make_call(deadline=make_deadline(conference, "other", name=f"Door {n}")) for n in range(4)
    ]
    motions = [make_motion(calls[n % 4]) for n in range(24)]
    assert race.together(24, lambda n: send(motions[n])) == {"sent": 24}
    numbers = sorted(Receipt.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 25))


def hold_and(deadline, act=None):
    """Staff hold the deadline's row for half a second, do something, and let go."""
    held = threading.Event()

    def hold():
        with transaction.atomic():
            row = doors.lock(deadline)
            held.set()
            time.sleep(0.5)
            if act:
                act(row)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(timeout=10)
    return holder


def test_deadline_moved_while_somebody_sends_is_judged_by_the_row_as_it_then_is():
    motion = make_motion()

    def bring_forward(row):
        Deadline.objects.filter(pk=row.pk).update(closes_on=dt.date(2016, 3, 1))

    holder = hold_and(motion.call.deadline, bring_forward)
    assert send(motion) == "closed"
    holder.join()
    assert not Receipt.objects.exists()


def test_sender_who_arrived_in_time_is_not_late_for_waiting():
    motion = make_motion()
    last = dt.datetime(2016, 4, 4, 22, 59, 59, 999999, tzinfo=dt.UTC)
    holder = hold_and(motion.call.deadline)
    assert send(motion, at=last) == "sent"
    holder.join()


def test_first_receipts_of_a_conference_at_once_open_one_book():
    conference = make_conference()

    def take(_):
        with transaction.atomic():
            return str(receipts.next_number(conference))

    assert race.together(12, take) == {str(n): 1 for n in range(1, 13)}


def look(member, motion, version):
    """One member's opinion, as an answer that can be counted."""
    try:
        made = opinions.give(
            by=member,
            motion=motion,
            version=version,
            judgement=Judgement(verdict="in_order"),
            at=AT,
        )
    except ValidationError as refusal:
        return refusal.error_list[0].code
    return "ruled" if made else "waits"


def looked_at_by(number):
    motion = make_motion(state="submitted")
    CommitteeRules.objects.create(conference=motion.conference, readers=2)
    members = [make_user() for _ in range(number)]
    return race.together(number, lambda n: look(members[n], motion, motion.current_version))


def test_rig_without_locks_gives_two_members_the_same_place():
    with race.without_locks():
        for _ in range(10):
            if looked_at_by(8)["error: IntegrityError"]:
                return
    pytest.fail("the rig kept members apart without locks: it proves nothing")


@pytest.mark.parametrize("_", range(ROUNDS))
def test_eight_members_looking_at_once_are_two_opinions_one_ruling_and_one_letter(_):
    # the third to come finds it ruled; its own verdict is then no move from there
    answers = looked_at_by(8)
    assert (answers["waits"], answers["ruled"], answers["state"]) == (1, 1, 6)
    assert Ruling.objects.count() == 1
    assert Mail.objects.count() == 1
    places = Ruling.objects.get().opinions.values_list("position", flat=True)
    assert sorted(places) == [1, 2]
