"""The committee rules on amendments as on motions; staff enter and read them; reminders."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from events.reminders.audiences import Asked
from mailing.models import Mail
from members.roles import Role
from motions.amendments import concerns
from motions.amendments.services import moving
from motions.committee.queue import Stage, queue
from motions.committee.services import appeals, opinions
from motions.models import (
    Amendment,
    CommitteeRules,
    FallsIf,
    InsertionOrder,
    Motion,
    MotionVersion,
    MoversAnswer,
    Rebasing,
    Receipt,
)
from motions.reminders import confirmations_waiting, drafts_not_sent
from motions.services import ruling
from motions.services.drafting import Wording
from motions.services.paper import enter_paper_amendment
from motions.services.rewording import reword
from motions.services.ruling import Judgement
from motions.texts.blocks import parse
from tests.factories import (
    AT,
    make_appointment,
    make_officer,
    make_society,
    make_staff,
    make_user,
    sign_in,
)
from tests.motions.make import AMENDED, TEXT, key, make_amendment, make_amendments_call, make_motion

pytestmark = pytest.mark.django_db
IN_ORDER = Judgement(verdict="in_order")
LATER = AT + dt.timedelta(days=1)


@pytest.fixture
def motion(at):
    at("2016-05-10 12:00")
    found = make_motion(state="published")
    make_amendments_call(found.conference)
    return found


def looked_at(amendment, *members, judgement=IN_ORDER):
    version = amendment.current_version
    for member in members:
        opinions.give(by=member, motion=amendment, version=version, judgement=judgement, at=AT)
    return Amendment.objects.get(pk=amendment.pk)


def test_two_members_rule_on_an_amendment_and_the_queue_has_it_beside_motions(motion):
    CommitteeRules.objects.create(conference=motion.conference, readers=2)
    amendment = make_amendment(motion, state="submitted")
    first, second = make_user(), make_user()
    rows = queue(first, motion.conference).shown(Stage.MINE)
    assert [row.motion.pk for row in rows] == [amendment.pk]
    assert rows[0].alike == []
    assert looked_at(amendment, first).state == "submitted"
    assert looked_at(amendment, second).state == "in_order"


@pytest.mark.parametrize("whose", ["amendment", "motion"])
def test_member_is_kept_from_amendments_of_and_to_their_own_body(motion, whose):
    amendment = make_amendment(motion, state="submitted")
    owner = amendment if whose == "amendment" else motion
    with pytest.raises(ValidationError) as refusal:
        looked_at(amendment, make_officer(owner.organisation))
    assert refusal.value.code == "own_body"


def test_ruling_and_appeal_letters_speak_of_the_amendment(motion):
    amendment = make_amendment(motion, state="submitted")
    no = Judgement(verdict="not_in_order", words="It is beyond the motion.")
    amendment = looked_at(amendment, make_user(), judgement=no)
    letter = Mail.objects.get(to_address=amendment.created_by.email)
    assert "The amendment on the site" in letter.text
    appeal = appeals.lodge(
        by=amendment.created_by, motion=amendment, text="It is not.", at=AT, key=key()
    )
    appeals.hear(by=make_user(), appeal=appeal, outcome="upheld", words="Right.", at=AT)
    assert Amendment.objects.get().state == "in_order"


def test_published_amendment_is_told_to_its_body_and_with_its_text_to_the_mover(motion):
    amendment = make_amendment(motion, state="in_order")
    ruling.publish(by=make_user(), motion=amendment, at=AT)
    assert "is published among the amendments" in " ".join(
        Mail.objects.get(to_address=amendment.created_by.email).text.split()
    )
    told = Mail.objects.get(to_address=motion.created_by.email)
    assert told.subject == "An amendment to your motion: On co-operation"
    assert 'insert "well"' in told.text
    (waits,) = concerns.concerns(motion.created_by, AT)
    assert waits.title.endswith("to “On co-operation”: do you accept it?")
    assert concerns.concerns(amendment.created_by, AT) == []


def test_amendment_is_published_after_its_motion_and_never_to_an_earlier_text(motion):
    Motion.objects.filter(pk=motion.pk).update(state="in_order", published_at=None)
    waiting = make_amendment(motion, state="in_order")
    with pytest.raises(ValidationError) as refusal:
        ruling.publish(by=make_user(), motion=waiting, at=AT)
    assert refusal.value.code == "amends"
    assert ruling.publish_all(by=make_user(), conference=motion.conference, at=AT) == 2
    stale = make_amendment(motion, state="in_order")
    other = make_motion(motion.call, state="published").current_version
    MotionVersion.objects.filter(pk=stale.current_version_id).update(base=other)
    with pytest.raises(ValidationError) as refusal:
        ruling.publish(by=make_user(), motion=stale, at=AT)
    assert refusal.value.code == "superseded"
    assert ruling.publish_all(by=make_user(), conference=motion.conference, at=AT) == 0


def test_amendment_left_behind_is_carried_over_by_the_committee(motion):
    amendment = make_amendment(motion, state="not_in_order")
    changed = TEXT.replace("notes that", "knows that") + "\n\nConference is glad."
    collides = AMENDED.replace("notes that", "sees that")
    left = make_amendment(motion, state="not_in_order", text=collides)
    by = make_user()
    reword(by=by, motion=motion, title="T", blocks=parse(changed), origin="committee", at=LATER)
    assert [Amendment.objects.get(pk=one.pk).is_stale for one in (amendment, left)] == [False, True]
    Motion.and_amendments.filter(pk=left.pk).update(state="in_order")
    made = moving.catch_up(by=by, amendment=left, at=LATER)
    left = Amendment.objects.get(pk=left.pk)
    assert (made.outcome, left.state, left.base) == (
        "sent_back",
        "rewording",
        Motion.objects.get(pk=motion.pk).current_version,
    )
    with pytest.raises(ValidationError):
        moving.catch_up(by=by, amendment=amendment, at=LATER)


def desk(name, motion):
    return reverse(f"motions:{name}", args=[motion.conference.slug, motion.pk])


@pytest.fixture
def member(motion, client):
    found = make_user("cac@example.org")
    make_appointment(found, motion.conference)
    sign_in(client, found)
    return found


def test_desk_shows_the_diff_and_links_to_all_amendments_of_the_motion(motion, member, client):
    amendment = make_amendment(motion, state="submitted")
    html = client.get(desk("cac-motion", amendment)).content.decode()
    assert "In paragraph 1, after &quot;works&quot;, insert &quot;well&quot;." in html
    assert desk("cac-amendments", motion) in html
    assert "Words inserted" in html


def test_desk_decides_order_sets_what_falls_and_the_hour(motion, member, client):
    first, second = TEXT.split("\n\n")
    one, other = (
        make_amendment(motion, text=f"{first}\n\n{words}\n\n{second}", state="published")
        for words in ("Trains run.", "Buses run.")
    )
    back = make_amendment(motion, state="rewording")
    Rebasing.objects.create(
        amendment=back,
        old=make_motion(motion.call, state="published").current_version,
        new=motion.current_version,
        outcome="sent_back",
        note="It needs new wording.",
        caused_by=member,
        at=AT,
    )
    url = desk("cac-amendments", motion)
    assert f"The words of {one.organisation} come first" in client.get(url).content.decode()
    posts = (
        {"act": "order", "first": one.pk, "second": other.pk},
        {"act": "falls", "item": one.pk, "carried": other.pk},
        {"act": "hour", "amendment": back.pk, "mend_by": "2016-08-20 12:00"},
    )
    for posted in posts:
        assert client.post(url, posted).status_code == 302
    assert InsertionOrder.objects.get().first == one
    relation = FallsIf.objects.get()
    assert back.rebasings.get().mend_by == dt.datetime(2016, 8, 20, 11, tzinfo=dt.UTC)
    assert client.post(url, {"act": "keep", "relation": relation.pk}).status_code == 302
    assert not FallsIf.objects.standing().exists()
    again = client.post(url, {"act": "hour", "amendment": back.pk, "mend_by": "2016-01-01 12:00"})
    assert "still to come" in again.content.decode()
    assert client.post(url, {"act": "nothing"}).status_code == 404


def test_desk_is_for_the_committee_alone(motion, client):
    client.force_login(motion.created_by)
    assert client.get(desk("cac-amendments", motion)).status_code in {403, 404, 302}
    assert client.post(desk("cac-catch-up", motion)).status_code in {403, 404, 302}


def entered(motion, received_at, text=AMENDED, **more):
    return enter_paper_amendment(
        by=make_user(),
        motion=motion,
        organisation=make_society(),
        wording=Wording(title="", text=text),
        channel="post",
        received_at=received_at,
        at=dt.datetime(2016, 8, 3, 12, tzinfo=dt.UTC),
        key=key(),
        scan=ContentFile(b"%PDF-1.4", name="letter.pdf"),
        **more,
    )


@pytest.mark.parametrize(
    ("received_at", "state", "kind"),
    [
        (dt.datetime(2016, 8, 1, 22, 59, tzinfo=dt.UTC), "submitted", Receipt.Kind.SUBMITTED),
        (dt.datetime(2016, 8, 1, 23, 0, tzinfo=dt.UTC), "late", Receipt.Kind.LATE),
    ],
)
def test_paper_is_judged_by_its_instant_of_receipt(
    motion, received_at, state, kind, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    receipt = entered(motion, received_at, late_reason="Strike.")
    amendment = Amendment.objects.get()
    assert (amendment.state, amendment.channel, receipt.kind) == (state, "post", kind)
    assert amendment.current_version.base == motion.current_version


def test_paper_that_changes_nothing_or_amends_nothing_is_refused(motion, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    at = dt.datetime(2016, 8, 1, 12, tzinfo=dt.UTC)
    with pytest.raises(ValidationError, match="Nothing is changed"):
        entered(motion, at, text=TEXT)
    Motion.objects.filter(pk=motion.pk).update(state="not_in_order")
    with pytest.raises(ValidationError, match="ruled not in order"):
        entered(motion, at)


def test_admin_shows_amendments_apart_from_motions(motion, client):
    amendment = make_amendment(motion, state="submitted")
    sign_in(client, make_staff(Role.PROGRAMME_EDITOR))
    motions = reverse("admin:motions_motion_changelist")
    amendments = reverse("admin:motions_amendment_changelist")
    change = reverse("admin:motions_amendment_change", args=[amendment.pk])
    assert change not in client.get(motions).content.decode()
    html = client.get(amendments).content.decode()
    assert change in html
    assert reverse("admin:motions_motion_moves") in html
    assert "insert &quot;well&quot;" in client.get(change).content.decode()
    other = reverse("admin:motions_amendment_change", args=[motion.pk])
    assert client.get(other).status_code == 302


def test_reminders_of_the_deadline_go_to_who_has_a_draft_or_must_confirm(motion):
    draft = make_amendment(motion)
    waiting = make_amendment(motion, state="awaiting_confirmation")
    make_amendment(motion, state="submitted")
    deadline, asked = draft.call.deadline, Asked(organisation=None, address="")
    told = [
        one
        for audience in (drafts_not_sent, confirmations_waiting)
        for one in audience(deadline, asked, LATER)
    ]
    assert [one.address for one in told] == [draft.created_by.email, waiting.created_by.email]
    assert told[1].why.startswith("An amendment of")


def _answer(motion, **more):
    facts = {"amendment": motion, "version": motion.current_version, "answer": "accepted"}
    return MoversAnswer(**facts, given_by=motion.created_by, given_at=AT, **more)


def _relation(motion, **more):
    facts = {"item": motion, "carried": make_motion(motion.call, state="published")}
    return FallsIf(**{**facts, "set_by": motion.created_by, "set_at": AT, **more})


def _order(motion, **more):
    facts = {"first": motion, "second": make_motion(motion.call, state="published")}
    base = motion.current_version
    return InsertionOrder(
        **{**facts, "base": base, "decided_by": motion.created_by, "decided_at": AT, **more}
    )


def _rebasing(motion, **more):
    new = make_motion(motion.call, state="published").current_version
    facts = {"old": motion.current_version, "new": new, "outcome": "carried_over"}
    return Rebasing(
        **{**facts, "amendment": motion, "caused_by": motion.created_by, "at": AT, **more}
    )


def _twice(make):
    def made(motion):
        first = make(motion)
        first.save()
        first.pk = None
        return first

    return made


@pytest.mark.parametrize(
    ("make", "constraint"),
    [
        (_twice(_answer), "motions_moversanswer_one_stands"),
        (_twice(_relation), "motions_fallsif_once_a_pair"),
        (lambda m: _relation(m, carried=m), "motions_fallsif_not_by_itself"),
        (lambda m: _relation(m, removed_at=AT), "motions_fallsif_removed_by_somebody"),
        (_twice(_order), "motions_insertionorder_once_a_pair"),
        (lambda m: _order(m, second=m), "motions_insertionorder_of_two"),
        (
            lambda m: _rebasing(m, new=m.current_version),
            "motions_rebasing_from_one_to_another",
        ),
        (lambda m: _rebasing(m, mend_by=AT), "motions_rebasing_mended_when_sent_back"),
    ],
)
def test_constraint_holds_in_the_database(motion, make, constraint):
    row = make(motion)
    names = {one.name for one in row._meta.constraints}
    assert constraint in names
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_amendment_without_a_base_is_refused_by_the_database(motion):
    amendment = make_amendment(motion, state="submitted")
    rows = Motion.and_amendments.filter(pk=amendment.pk)
    with pytest.raises(IntegrityError, match="amendment_has_a_base"), transaction.atomic():
        rows.update(base=None)
    versions = MotionVersion.objects.filter(pk=amendment.current_version_id)
    with pytest.raises(IntegrityError, match="operations_have_a_base"), transaction.atomic():
        versions.update(operations=None)
