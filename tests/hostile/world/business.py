"""Motions and what goes through the other doors."""

from __future__ import annotations

import datetime as dt

from django.apps import apps

from events.models import LayAppointment
from members.models import User
from motions.models import (
    AmendmentDecision,
    Appeal,
    AwardNomination,
    Call,
    Category,
    CommitteeNote,
    CommitteeRules,
    Consultation,
    DeclaredInterest,
    FallsIf,
    Follow,
    InsertionOrder,
    LateEntry,
    ModelMotion,
    Motion,
    MoversAnswer,
    Opinion,
    PolicySubmission,
    PrivateNote,
    ReadingMark,
    Rebasing,
    Receipt,
    ReceiptBook,
    Ruling,
    RulingReason,
)
from motions.nominations.links import token_hash
from motions.nominations.models import Candidate, Nomination
from tests import factories
from tests.hostile.world.rows import AT, EVER, World
from tests.motions import make
from tests.motions.agendas.make import make_agendas
from tests.motions.awards.make import make_nominee
from tests.motions.composing import ended_rows_of, rows_of
from tests.motions.consultations.make import (
    make_answered,
    make_by_link,
    make_everything,
    make_full,
    make_sent,
)
from tests.motions.nominations.make import make_contest, make_election


def make_business(world: World) -> None:
    people, conference = world.people, world.conference
    by = {"organisation": world.body, "by": people["officer"]}
    filled = {
        "mover": "Mo",
        "seconder": "Sec",
        "meeting_name": "GC",
        "meeting_on": dt.date(2016, 3, 1),
        "names_consent": True,
    }
    call = make.make_call(
        deadline=world.opened,
        name="Motions",
        introduction="Write",
        takes_late=True,
        late_test="Snow?",
        emergency_test="New?",
    )
    late_call = make.make_call(deadline=world.passed, name="Late", takes_late=True, basis="Rule 1")
    draft = make.make_motion(call, **by, title="A draft", **filled)
    published = make.make_motion(
        call, **by, state=Motion.State.PUBLISHED, title="Public", number="M1", **filled
    )
    sent = make.make_motion(call, **by, state=Motion.State.SUBMITTED, title="Sent", **filled)
    waiting = make.make_motion(
        call, **by, state=Motion.State.AWAITING_CONFIRMATION, title="Waiting", **filled
    )
    late = make.make_motion(late_call, **by, title="Late draft", **filled)
    foreign = make.make_motion(
        call, organisation=world.other, by=people["rival"], title="Foreign", **filled
    )
    LateEntry.objects.create(
        motion=sent, closed_at=AT - EVER, reason="Snow", entered_by=people["officer"], entered_at=AT
    )
    category = Category.objects.create(conference=conference, name="Economy")
    Motion.objects.filter(conference=conference).update(category=category)
    CommitteeRules.objects.create(conference=conference, chair=people["cac"], basis="Rule 5")
    reason = RulingReason.objects.first() or RulingReason.objects.create(name="R", words="W")
    Ruling.objects.create(
        motion=published,
        version=published.current_version,
        verdict="in_order",
        reason=reason,
        words="Fine",
        ruled_by=people["cac"],
        ruled_at=AT,
    )
    _kept_by_a_reader(published, category, people["officer"])
    _committee(published, reason, people)
    _appeal(sent, people)
    _amendments(world, published)
    _composites(world, call)
    world.rows |= {
        name.replace(" ", "_"): row for name, row in make_agendas(published, people["cac"]).items()
    }
    make_save = apps.get_model("motions.DraftSave").objects.create
    make_save(
        motion=draft,
        outcome=apps.get_model("motions.DraftSave").Outcome.values[0],
        draft_version=1,
        title="Old",
        text="Old",
        saved_by=people["officer"],
        saved_at=AT,
    )
    world.rows |= {
        "call": call,
        "motion_draft": draft,
        "motion_published": published,
        "motion_sent": sent,
        "motion_waiting": waiting,
        "motion_late": late,
        "motion_foreign": foreign,
    }
    _doors(world)
    ReceiptBook.objects.create(conference=conference, last_number=3)
    made = {"conference": conference, "at": AT, "kind": "submitted", "title": "T", "text": "X"}
    receipts = [
        Receipt.objects.create(
            number=1, organisation=world.body, motion=sent, given_to=people["officer"], **made
        ),
        Receipt.objects.create(
            number=2, award_nomination=world.proposal, given_to=people["member"], **made
        ),
    ]
    world.rows["receipt"] = receipts[0]


def _amendments(world: World, motion: Motion) -> None:
    """A draft, a published one with all that is said of it, and one that went back to its body."""
    people, base = world.people, motion.current_version
    facts = {"organisation": world.body, "by": people["officer"], "mover": "Mo", "seconder": "Sec"}
    # closed, so that no mail reads out a sentence in which what was typed is cut apart
    call = make.make_amendments_call(world.conference, deadline=world.passed, introduction="Amend")
    draft = make.make_amendment(motion, call=call, **facts)
    shown = make.make_amendment(motion, call=call, state=Motion.State.PUBLISHED, **facts)
    back = make.make_amendment(motion, call=call, state=Motion.State.REWORDING, **facts)
    places = [{"kind": "overlap", "paragraph": 1, "was": "a", "is_now": "b", "asked": "c"}]
    earlier = make.make_motion(
        call, organisation=world.body, by=people["officer"], state="in_order"
    )
    Rebasing.objects.create(
        amendment=back,
        old=earlier.current_version,
        new=base,
        outcome="sent_back",
        note="Words",
        places=places,
        caused_by=people["cac"],
        at=AT,
    )
    made = {"given_by": people["officer"], "given_at": AT, "version": shown.current_version}
    MoversAnswer.objects.create(amendment=shown, answer="declined", **made)
    FallsIf.objects.create(item=shown, carried=motion, set_by=people["cac"], set_at=AT)
    InsertionOrder.objects.create(
        base=base, first=shown, second=back, decided_by=people["cac"], decided_at=AT
    )
    world.rows |= {
        "motion_amendment": draft,
        "motion_amendment_shown": shown,
        "motion_amendment_back": back,
    }


def _composites(world: World, call: Call) -> None:
    """One before its bodies, one that has ended; of motions nothing else is done with."""
    people = world.people
    made = {"state": Motion.State.PUBLISHED, "mover": "Mo"}
    mine = [make.make_motion(call, organisation=world.body, by=people["officer"], **made)]
    mine.append(
        make.make_motion(call, organisation=world.other, by=people["rival"], title="Ours", **made)
    )
    closes_on = dt.date(2016, 8, 1)
    world.rows["composite"] = rows_of(*mine, by=people["cac"], at=AT, closes_on=closes_on)
    world.rows["composite_ended"] = ended_rows_of(*mine, by=people["cac"], at=AT)
    amendments = {"organisation": world.body, "by": people["officer"]}
    AmendmentDecision.objects.create(
        composite=world.composite,
        amendment=make.make_amendment(mine[1], state=Motion.State.IN_ORDER, **amendments),
        original=mine[1],
        outcome="ended",
        words="No more",
        decided_by=people["cac"],
        decided_at=AT,
    )


def _kept_by_a_reader(motion: Motion, category: Category, person: User) -> None:
    """It began as a model motion; somebody marks it, notes something and follows it."""
    model = ModelMotion.objects.create(title="Shops", campaign="High street", text="Buy them.")
    Motion.objects.filter(pk=motion.pk).update(begun_from=model)
    ReadingMark.objects.create(reader=person, motion=motion, mark="to_read", marked_at=AT)
    PrivateNote.objects.create(writer=person, motion=motion, text="Ask why", written_at=AT)
    follow = {"follower": person, "conference": motion.conference, "since": AT, "told_until": AT}
    Follow.objects.create(motion=motion, **follow)
    Follow.objects.create(category=category, **follow)


def _appeal(motion: Motion, people: dict) -> None:
    """An earlier ruling that was appealed in vain, before the wording was corrected."""
    ruling = Ruling.objects.create(
        motion=motion,
        version=motion.current_version,
        verdict="not_in_order",
        words="No",
        ruled_by=people["cac"],
        ruled_at=AT,
        superseded_at=AT,
    )
    Appeal.objects.create(
        ruling=ruling,
        motion=motion,
        text="But",
        lodged_by=people["officer"],
        lodged_at=AT,
        closed_at=AT + EVER,
        outcome="dismissed",
        words="Still",
        heard_by=people["cac"],
        heard_at=AT,
    )


def _committee(motion: Motion, reason: RulingReason, people: dict) -> None:
    """An opinion, an interest that is no more and a note, on the motion that was ruled on."""
    Opinion.objects.create(
        motion=motion,
        version=motion.current_version,
        member=people["cac"],
        position=1,
        verdict="not_in_order",
        reason=reason,
        words="Hm",
        given_at=AT,
        ended_at=AT,
    )
    DeclaredInterest.objects.create(
        conference=motion.conference,
        member=people["cac"],
        motion=motion,
        words="A shop",
        declared_at=AT,
        withdrawn_at=AT,
    )
    CommitteeNote.objects.create(
        motion=motion, text="Between us", written_by=people["cac"], written_at=AT
    )


def _consulted(world: World, consultation: Consultation, submission: PolicySubmission) -> None:
    """One question with everything that staff type, and a draft of somebody without a sign-in."""
    question = consultation.questions.get(kind="choice")
    consultation.questions.exclude(pk=question.pk).delete()
    consultation.questions.update(help_text="Say", low_words="little", high_words="much")
    world.rows["by_link"] = make_by_link(
        consultation, "submission-token", title="Mine", text="Words"
    )


def _doors(world: World) -> None:
    people, conference = world.people, world.conference
    closes = {"closes_on": dt.date(2016, 8, 1)}
    post = make.make_post(
        deadline=factories.make_deadline(conference, "cac_nominations", **closes),
        introduction="Serve",
        basis="Rule 4",
        statement_max_words=100,
    )
    category = make.make_category(
        deadline=factories.make_deadline(conference, "recognition_awards", **closes),
        introduction="Honour",
        basis="Rule 3",
    )
    consultation = make_full(
        deadline=factories.make_deadline(conference, "policy_submissions", **closes),
        introduction="Say",
        basis="Rule 2",
    )
    candidate = Candidate.objects.create(
        post=post,
        name="Nia Nominee",
        email="nia@example.org",
        region=world.region,
        membership_number="N1",
        statement="I will",
        interests="A shop",
        token_hash=token_hash("candidate-token"),
        state="struck_out",
        struck_out_at=AT,
        struck_out_reason="Lives elsewhere",
        struck_out_by=people["everything"],
    )
    asked = Candidate.objects.create(
        post=post,
        name="Ash Asked",
        email="ash@example.org",
        region=world.region,
        token_hash=token_hash("asked-token"),
    )
    declared = make_election(post, people["cac"], region=world.region)
    voted, agreed = make_contest(post, people["cac"], region=world.region)
    factories.make_appointment(people["cac"], conference, LayAppointment.Task.RETURNING_OFFICER)
    sending = {
        "created_by": people["officer"],
        "created_at": AT,
        "submitted_by": people["officer"],
        "submitted_at": AT,
    }
    nomination = Nomination.objects.create(
        candidate=candidate, organisation=world.body, meeting_name="GC", **sending
    )
    Nomination.objects.create(
        candidate=asked, organisation=world.body, meeting_name="GC", **sending
    )
    proposal = AwardNomination.objects.create(
        category=category,
        nominee=make_nominee(category, "Una Unsung"),
        organisation=world.body,
        nominee_name="Una Unsung",
        citation="Long service",
        evidence="Photos",
        **(sending | {"created_by": people["member"], "submitted_by": people["member"]}),
    )
    policy = apps.get_model("motions.PolicySubmission").objects
    submission = policy.create(
        consultation=consultation,
        organisation=world.body,
        title="Housing",
        text="Build",
        document_name="a.pdf",
        **{name: sending[name] for name in ("created_by", "created_at")},
    )
    _consulted(world, consultation, submission)
    submitted = policy.create(
        consultation=consultation,
        organisation=world.body,
        title="Care",
        text="Share",
        state="submitted",
        is_late=True,
        late_reason="We met in May",
        reply="Thank you",
        **sending,
    )
    made = make_everything(consultation, submitted, by=people["cac"])
    answered = make.make_consultation(deadline=world.passed, title="Trains", introduction="Go")
    theirs = make_sent(answered, created_by=people["officer"], is_late=True, late_reason="Ill")
    asked = answered.questions.create(text="Why?")
    theirs.answers.create(question=asked, text="So that")
    make_answered(answered, theirs, by=people["cac"])
    world.rows |= {
        "policy_paper": made["paper"],
        "theme": made["theme"],
        "answered": answered,
        "post": post,
        "category": category,
        "consultation": consultation,
        "candidate": candidate,
        "declared_post": declared.post,
        "voted_post": voted.post,
        "agreed": agreed,
        "asked": asked,
        "nomination": nomination,
        "proposal": proposal,
        "submission": submission,
        "submitted": submitted,
    }
