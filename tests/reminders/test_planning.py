"""What is due and not yet told: each step once, whatever happens in between."""

from __future__ import annotations

import datetime as dt

import pytest
from celery.exceptions import SoftTimeLimitExceeded

from events.calendar import closing_instant, london_instant
from events.models import AudienceFailure, Conference, Deadline, DeadlineChange, Reminder, StepRun
from events.reminders.audiences import register
from events.reminders.gathering import gather, reason_not_needed
from events.reminders.planning import is_move_notice, plan
from mailing import health
from mailing.models import Mail
from mailing.services import delivery
from tests.factories import (
    make_conference,
    make_deadline,
    make_officer,
    make_organisation,
    make_staff,
)

pytestmark = pytest.mark.django_db


def london(month: int, day: int, hour: int = 9, minute: int = 0) -> dt.datetime:
    return london_instant(dt.date(2016, month, day), dt.time(hour, minute))


@pytest.fixture
def anytown():
    return make_organisation("Anytown Party Council")


@pytest.fixture
def secretary(anytown):
    return make_officer(anytown)


@pytest.fixture
def deadline(bodies, secretary):
    return make_deadline(kind=Deadline.Kind.OTHER, name="motions")


def told() -> list[tuple[str, str]]:
    return list(Reminder.objects.order_by("pk").values_list("address", "step"))


def test_plan_before_the_first_step_tells_nobody(deadline):
    plan(at=london(3, 7, 8, 59))
    assert told() == []


def test_plan_at_a_step_tells_each_officer_once_however_often_it_runs(deadline, secretary):
    for minute in (0, 1, 2):
        plan(at=london(3, 7, 9, minute))
    assert told() == [(secretary.email, "28d")]


def test_plan_over_the_whole_ladder_tells_four_times(deadline, secretary):
    for day in (
        london(3, 7),
        london(3, 8),
        london(3, 28),
        london(4, 2),
        london(4, 4),
        london(4, 4, 23, 59),
        london(4, 5, 0, 0),
    ):
        plan(at=day)
    assert [step for _, step in told()] == ["28d", "7d", "2d", "last_day"]


def test_plan_after_long_downtime_tells_the_latest_step_only(deadline):
    plan(at=london(4, 3, 12))
    plan(at=london(4, 3, 13))
    assert [step for _, step in told()] == ["2d"]


def test_plan_for_a_body_that_has_done_it_tells_nobody(deadline, bodies, anytown):
    bodies.done.add(anytown.pk)
    plan(at=london(3, 7))
    assert told() == []


@pytest.mark.parametrize(
    "status",
    [
        Conference.Status.DRAFT,
        Conference.Status.POSTPONED,
        Conference.Status.CANCELLED,
        Conference.Status.OVER,
    ],
)
def test_plan_of_a_conference_that_is_not_on_tells_nobody(deadline, status):
    Conference.objects.update(status=status)
    plan(at=london(3, 7))
    assert told() == []


def test_plan_of_a_conference_announced_late_tells_the_step_that_is_due(deadline):
    Conference.objects.update(status=Conference.Status.DRAFT)
    plan(at=london(3, 7))
    Conference.objects.update(status=Conference.Status.ANNOUNCED)
    plan(at=london(3, 9))
    assert [step for _, step in told()] == ["28d"]


def test_plan_killed_between_rows_and_mail_is_made_up_for(deadline, secretary):
    plan(at=london(3, 7))
    assert Mail.objects.count() == 0
    plan(at=london(3, 7, 9, 1))
    gather(at=london(3, 7, 9, 1))
    gather(at=london(3, 7, 9, 2))
    assert list(Mail.objects.values_list("to_address", flat=True)) == [secretary.email]


def move(deadline: Deadline, day: dt.date, at: dt.datetime, organisation=None) -> None:
    DeadlineChange.objects.create(
        deadline=deadline,
        organisation=organisation,
        closed_before=deadline.closing,
        closes_on=day,
        reason="the hall flooded",
        changed_by=make_staff(),
        changed_at=at,
    )
    if organisation is None:
        Deadline.objects.filter(pk=deadline.pk).update(closes_on=day)


def test_plan_after_an_extension_tells_of_the_move_once_and_climbs_the_new_ladder(deadline):
    plan(at=london(3, 28))
    move(deadline, dt.date(2016, 4, 11), london(3, 30, 15))
    for day in (london(3, 30, 15), london(3, 31), london(4, 4), london(4, 9), london(4, 11)):
        plan(at=day)
    new = closing_instant(closes_on=dt.date(2016, 4, 11), closes_at=None)
    steps = Reminder.objects.order_by("pk").values_list("step", "closes_at")
    assert list(steps) == [
        ("7d", closing_instant(closes_on=dt.date(2016, 4, 4), closes_at=None)),
        ("moved", new),
        ("7d", new),
        ("2d", new),
        ("last_day", new),
    ]


def test_plan_after_a_deadline_moved_back_and_forth_tells_of_every_move_once(deadline, secretary):
    days = [dt.date(2016, 4, day) for day in (20, 25, 20)]
    for number, day in enumerate(days):
        at = london(3, 8 + number)
        move(deadline, day, at)
        for _ in range(2):
            plan(at=at)
    assert told() == [(secretary.email, "moved")] * 2 + [(secretary.email, "moved 2")]
    assert [run.told for run in StepRun.objects.order_by("pk")] == [1, 1, 1]
    assert all(is_move_notice(reminder) for reminder in Reminder.objects.all())


def test_plan_with_an_extension_for_one_body_keeps_the_others_on_theirs(
    deadline, secretary, anytown
):
    other = make_officer(make_organisation("Othertown Party Council"))
    plan(at=london(3, 28))
    move(deadline, dt.date(2016, 4, 11), london(3, 30, 15), organisation=anytown)
    for day in (london(3, 30, 15), london(4, 2), london(4, 4), london(4, 9), london(4, 11)):
        plan(at=day)
    steps = {
        address: [step for who, step in told() if who == address]
        for address in (secretary.email, other.email)
    }
    assert steps == {
        secretary.email: ["7d", "moved", "7d", "2d", "last_day"],
        other.email: ["7d", "2d", "last_day"],
    }


def test_gather_puts_everything_due_for_one_person_in_one_mail(bodies, secretary, anytown):
    conference = make_conference()
    for name in ("motions", "amendments"):
        make_deadline(conference, Deadline.Kind.OTHER, name=name)
    plan(at=london(3, 7))
    assert gather(at=london(3, 7)) == 1
    mail = Mail.objects.get()
    assert mail.subject == f"2 dates coming up ({conference.title})"
    assert mail.text.count("Anytown Party Council has sent nothing yet.") == 2
    assert "the end of Monday 4 April 2016 (UK time)" in mail.text
    assert set(Reminder.objects.values_list("mail_key", flat=True)) == {mail.key}


def test_gather_with_an_unusable_address_still_tells_the_others(deadline, secretary, anytown):
    broken = make_officer(anytown)
    type(broken).objects.filter(pk=broken.pk).update(email="nobody at example")
    plan(at=london(3, 7))
    gather(at=london(3, 7))
    assert list(Mail.objects.values_list("to_address", flat=True)) == [secretary.email]


def test_recheck_of_a_mail_whose_facts_hold_lets_it_go(deadline):
    plan(at=london(3, 7))
    gather(at=london(3, 7))
    assert reason_not_needed(Mail.objects.get(), london(3, 7, 9, 1)) == ""


def test_recheck_after_the_body_has_done_it_withdraws_the_mail(deadline, bodies, anytown):
    plan(at=london(3, 7))
    gather(at=london(3, 7))
    bodies.done.add(anytown.pk)
    assert reason_not_needed(Mail.objects.get(), london(3, 7, 9, 1)) != ""
    assert gather(at=london(3, 7, 9, 2)) == 0


def test_recheck_after_one_of_two_deadlines_moved_gathers_the_other_anew(bodies, secretary):
    conference = make_conference()
    make_deadline(conference, Deadline.Kind.OTHER, name="motions")
    moved = make_deadline(conference, Deadline.Kind.OTHER, name="amendments")
    plan(at=london(3, 7))
    gather(at=london(3, 7))
    move(moved, dt.date(2016, 5, 1), london(3, 7, 9, 1))
    assert reason_not_needed(Mail.objects.get(), london(3, 7, 9, 2)) != ""
    assert gather(at=london(3, 7, 9, 2)) == 1
    assert "Motions" in Mail.objects.latest("pk").text
    assert "Amendments" not in Mail.objects.latest("pk").text


def test_recheck_after_the_conference_was_postponed_withdraws_the_mail(deadline):
    plan(at=london(3, 7))
    gather(at=london(3, 7))
    Conference.objects.update(status=Conference.Status.POSTPONED)
    assert reason_not_needed(Mail.objects.get(), london(3, 7, 9, 1)) != ""


def test_plan_with_nothing_to_do_asks_a_bounded_number_of_queries(
    deadline, django_assert_max_num_queries
):
    for _ in range(10):
        make_deadline(kind=Deadline.Kind.OTHER)
    plan(at=london(3, 6))
    with django_assert_max_num_queries(7):
        plan(at=london(3, 6, 10))


def test_plan_with_a_broken_audience_tells_of_every_other_deadline(deadline, bodies, secretary):
    before, after = deadline, make_deadline(kind=Deadline.Kind.OTHER, name="awards")
    broken = make_deadline(kind=Deadline.Kind.OTHER, name="names")
    last = make_deadline(kind=Deadline.Kind.OTHER, name="papers")
    bodies.broken = {broken.pk}
    plan(at=london(3, 7))
    assert set(Reminder.objects.values_list("deadline", flat=True)) == {
        before.pk,
        after.pk,
        last.pk,
    }
    assert not StepRun.objects.filter(deadline=broken).exists()
    assert gather(at=london(3, 7)) == 1


def test_plan_with_a_broken_audience_logs_the_deadline_and_raises_the_alarm(
    deadline, bodies, caplog
):
    bodies.broken = {deadline.pk}
    plan(at=london(3, 7))
    plan(at=london(3, 7, 9, 5))
    assert f"reminders of deadline {deadline.pk} could not be planned" in caplog.messages
    delivery.pump(now=lambda: london(3, 7, 9, 5))
    state = health.state(london(3, 7, 9, 5))
    failure = AudienceFailure.objects.get()
    assert (failure.since, failure.error) == (london(3, 7), "LookupError")
    assert (state.status, state.sentence) == (
        health.Status.ALARM,
        f"One audience failed: Motions ({deadline.conference.title}), LookupError. "
        "Nobody was reminded of it; we ask again.",
    )


def test_plan_once_the_audience_answers_again_tells_the_step_and_ends_the_alarm(
    deadline, bodies, secretary
):
    bodies.broken = {deadline.pk}
    plan(at=london(3, 7))
    bodies.broken = set()
    plan(at=london(3, 7, 12))
    assert told() == [(secretary.email, "28d")]
    assert not AudienceFailure.objects.exists()


def test_plan_that_runs_out_of_time_blames_no_audience(deadline, bodies):
    def slow(*_: object) -> None:
        raise SoftTimeLimitExceeded

    register(Deadline.Kind.OTHER, slow)
    with pytest.raises(SoftTimeLimitExceeded):
        plan(at=london(3, 7))
    assert not AudienceFailure.objects.exists()
