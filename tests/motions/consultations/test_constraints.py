"""Each named constraint of consultations, refused by the database itself."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from motions.models import (
    Coding,
    Consultation,
    ConsultationAnswer,
    Discussion,
    LateNotice,
    Paper,
    PolicySubmission,
    Question,
    ReadBy,
    Receipt,
    ResponseReport,
    Stage,
    SubmissionLink,
    Theme,
)
from tests.factories import AT, make_society, make_user
from tests.motions.consultations.make import make_everything, make_full, make_link, make_sent
from tests.motions.make import make_motion

pytestmark = pytest.mark.django_db
MODELS = (
    *(Coding, ConsultationAnswer, Discussion, LateNotice, Paper, PolicySubmission, Question),
    *(ReadBy, ResponseReport, Stage, SubmissionLink, Theme),
)
#: Held by what stood before; shown in the tests of doors and sendings.
ELSEWHERE = {
    "motions_policysubmission_paper_has_a_receipt_time",
    "motions_policysubmission_sent_has_a_time",
    "motions_policysubmission_withdrawn_has_a_time",
}


class Rows:
    """A consultation with everything, and a submission of each kind."""

    def __init__(self) -> None:
        self.person = make_user()
        self.consultation = make_full()
        self.sent = make_sent(self.consultation)
        self.own = make_sent(self.consultation, kind="member", created_by=self.person)
        self.pats = make_sent(self.consultation, kind="public", email="pat@example.org")
        self.made = make_everything(self.consultation, self.sent, by=self.person)

    def again(self, row, **fields):
        """The same row a second time, changed."""
        row.pk = None
        row._state.adding = True
        for name, value in fields.items():
            setattr(row, name, value)
        return row

    def submission(self, **fields):
        facts = {"kind": "public", "email": "new@example.org", "created_at": AT}
        return PolicySubmission(consultation=self.consultation, **{**facts, **fields})

    def question(self, **fields):
        return Question(consultation=self.consultation, **{"text": "New?", **fields})

    def theme(self, **fields):
        return Theme(consultation=self.consultation, **{"name": "New", **fields})


BROKEN = {
    "motions_policysubmission_of_a_body_or_a_person": lambda r: r.submission(
        organisation=make_society()
    ),
    "motions_policysubmission_known_by_sign_in_or_address": lambda r: r.submission(email=""),
    "motions_policysubmission_email_in_lower_case": lambda r: r.submission(email="New@example.org"),
    "motions_policysubmission_sent_by_somebody": lambda r: r.submission(
        created_by=r.person,
        kind="member",
        channel="post",
        received_at=AT,
        entered_by=r.person,
        state="submitted",
        title="T",
        text="T",
        submitted_at=AT,
    ),
    "motions_policysubmission_withdrawn_by_somebody": lambda r: r.submission(
        created_by=r.person,
        channel="post",
        received_at=AT,
        entered_by=r.person,
        state="withdrawn",
        withdrawn_at=AT,
    ),
    "motions_policysubmission_sent_has_words": lambda r: r.submission(
        state="submitted", title="T", submitted_at=AT
    ),
    "motions_policysubmission_late_ones_are_of_bodies": lambda r: r.submission(is_late=True),
    "motions_policysubmission_once_a_person": lambda r: r.submission(
        kind="member", created_by=r.person
    ),
    "motions_policysubmission_once_an_address": lambda r: r.submission(email="pat@example.org"),
    "motions_submissionlink_runs_out_later": lambda r: SubmissionLink(
        submission=r.pats, token_hash="0", made_at=AT, expires_at=AT
    ),
    "motions_latenotice_once_a_body": lambda r: r.again(r.made["notice"]),
    "motions_latenotice_has_a_reason": lambda r: r.again(
        r.made["notice"], organisation=make_society(), reason=""
    ),
    "motions_readby_once_a_reader": lambda r: r.again(r.made["reading"]),
    "motions_question_once_a_consultation": lambda r: r.question(text="What should change?"),
    "motions_question_choices_where_chosen": lambda r: r.question(kind="choice", choices=[]),
    "motions_question_scale_of_two_to_ten": lambda r: r.question(most=11),
    "motions_question_words_above_zero": lambda r: r.question(max_words=0),
    "motions_answer_once_a_question": lambda r: r.again(r.made["answer"]),
    "motions_answer_in_one_way": lambda r: ConsultationAnswer(
        submission=r.pats, question=r.made["answer"].question, text="Yes", number=1
    ),
    "motions_paper_once_a_consultation": lambda r: r.again(r.made["paper"]),
    "motions_stage_once_a_consultation": lambda r: r.again(r.made["stage"]),
    "motions_stage_has_a_day_or_words": lambda r: r.again(
        r.made["stage"], kind="agreed", words="x"
    ),
    "motions_discussion_once_a_session": lambda r: r.again(r.made["discussion"]),
    "motions_theme_once_a_consultation": lambda r: r.theme(name="Homes"),
    "motions_theme_response_is_whole": lambda r: r.theme(response="Yes"),
    "motions_coding_once_a_submission": lambda r: Coding(
        submission=r.sent, theme=r.made["theme"], coded_by=r.person, coded_at=AT
    ),
    "motions_coding_once_an_answer": lambda r: Coding(
        submission=r.sent,
        answer=r.made["answer"],
        theme=r.made["theme"],
        coded_by=r.person,
        coded_at=AT,
    ),
    "motions_responsereport_published_by_somebody": lambda r: ResponseReport(
        consultation=r.consultation, published_at=AT
    ),
    "motions_receipt_given_to_somebody": lambda r: Receipt(
        conference=r.consultation.conference,
        motion=make_motion(),
        number=1,
        kind="submitted",
        at=AT,
        title="T",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_row_that_breaks_a_constraint_is_refused_by_the_database(name):
    row = BROKEN[name](Rows())
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.save(force_insert=True)
    [fields] = [
        getattr(one, "fields", ()) for one in type(row)._meta.constraints if one.name == name
    ]
    said = str(refused.value)
    assert name in said or (fields and all(field in said for field in fields))


def test_every_constraint_of_these_tables_is_broken_above():
    named = {one.name for model in MODELS for one in model._meta.constraints}
    assert named - ELSEWHERE <= set(BROKEN)


def test_rows_of_the_test_stand_by_themselves():
    rows = Rows()
    make_link(rows.pats, "token")
    assert Consultation.objects.with_how_many().get().how_many == 3
    assert SubmissionLink.objects.get().expires_at > AT + dt.timedelta(days=1)
