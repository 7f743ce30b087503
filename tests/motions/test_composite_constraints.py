"""Each named constraint of the tables of composites, refused by the database itself."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from motions.models import (
    Answer,
    ClauseSource,
    CommitteeRules,
    Composite,
    CompositeClause,
    CompositePart,
    CompositeVersion,
    Motion,
)
from tests.factories import AT, make_user
from tests.motions.composing import rows_of
from tests.motions.make import make_call, make_motion

pytestmark = pytest.mark.django_db
MODELS = (Answer, ClauseSource, Composite, CompositeClause, CompositePart, CompositeVersion)


@pytest.fixture
def rows():
    """The rows of one composite before its bodies, and who made it."""
    call, by = make_call(), make_user()
    motions = [make_motion(call, state="published") for _ in range(2)]
    composite = rows_of(*motions, by=by, at=AT, closes_on=dt.date(2016, 8, 1))
    return {
        Composite: composite,
        CompositePart: composite.parts.first(),
        CompositeVersion: composite.laid,
        CompositeClause: composite.laid.clauses.get(),
        ClauseSource: composite.laid.clauses.get().sources.first(),
        Answer: Answer.objects.get(),
        Motion: motions[0],
        "by": by,
    }


#: Constraint → the row it is of, and what breaks it.
BROKEN = {
    "motions_composite_has_a_theme": (Composite, {"theme": ""}),
    "motions_composite_published_as_a_motion": (
        Composite,
        {"state": "published", "closed_at": AT},
    ),
    "motions_composite_closed_has_a_time": (Composite, {"closed_at": AT}),
    "motions_composite_signed_is_a_version": (Composite, {"laid": None}),
    "motions_composite_ending_when_ended": (Composite, {"ending": "No"}),
    "motions_composite_ended_says_how": (Composite, {"state": "ended", "closed_at": AT}),
    "motions_compositeversion_counted_from_one": (CompositeVersion, {"number": 0}),
    "motions_compositeversion_laid_by_somebody": (CompositeVersion, {"laid_by": None}),
    "motions_compositeversion_laid_is_whole": (CompositeVersion, {"title": ""}),
    "motions_compositeclause_has_text": (CompositeClause, {"text": ""}),
    "motions_answer_signs_a_version": (Answer, {"version": None}),
    "motions_answer_confirmed_by_somebody": (Answer, {"confirmed_at": AT}),
    "motions_answer_speaker_of_a_signature": (Answer, {"choice": "stays_out"}),
    "motions_answer_consent_of_somebody": (Answer, {"speaker": "", "names_consent": True}),
    "motions_motion_composited_into_a_motion": (Motion, {"state": "composited"}),
}
#: Constraint → the row that is written again, and what makes it collide.
TWICE = {
    "motions_compositepart_once_a_composite": (CompositePart, {"label": "Z", "ended_at": AT}),
    "motions_compositepart_label_once": (CompositePart, {"ended_at": AT}),
    "motions_compositepart_in_one_composite": (CompositePart, {"label": "Z"}),
    "motions_compositeversion_numbered_once": (CompositeVersion, {}),
    "motions_compositeclause_key_once": (CompositeClause, {"position": 9}),
    "motions_compositeclause_position_once": (CompositeClause, {"key": "k9"}),
    "motions_clausesource_once_a_clause": (ClauseSource, {}),
    "motions_answer_one_in_force": (Answer, {}),
}
COLUMNS = {
    "motions_compositepart_once_a_composite": "motion_id",
    "motions_compositepart_label_once": "label",
    "motions_compositepart_in_one_composite": "motion_id",
    "motions_compositeversion_numbered_once": "number",
    "motions_compositeclause_key_once": "key",
    "motions_compositeclause_position_once": "position",
    "motions_clausesource_once_a_clause": "block_id",
    "motions_answer_one_in_force": "part_id",
}


def test_every_constraint_is_broken_here():
    named = {constraint.name for model in MODELS for constraint in model._meta.constraints} | {
        "motions_motion_composited_into_a_motion"
    }
    apart = {"motions_compositeversion_seconded_by_another"}
    assert named == {*BROKEN, *TWICE, *apart}


@pytest.mark.parametrize("name", BROKEN)
def test_row_that_breaks_a_rule_is_refused(rows, name):
    model, change = BROKEN[name]
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        model.objects.filter(pk=rows[model].pk).update(**change)
    assert name in str(error.value)


@pytest.mark.parametrize("name", TWICE)
def test_row_that_stands_already_is_refused(rows, name):
    model, change = TWICE[name]
    row = rows[model]
    row.pk = None
    if model is Answer:
        change = {**change, "idempotency_key": "00000000-0000-4000-8000-000000000001"}
    if name == "motions_compositepart_label_once":
        change = {**change, "motion": make_motion(rows[Composite].call, state="published")}
    for field, value in change.items():
        setattr(row, field, value)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        row.save(force_insert=True)
    # SQLite names the columns of an index, PostgreSQL the index
    assert name in str(error.value) or COLUMNS[name] in str(error.value)


def test_body_that_moves_does_not_second(rows):
    version = rows[CompositeVersion]
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        CompositeVersion.objects.filter(pk=version.pk).update(seconded_by=version.moved_by)
    assert "motions_compositeversion_seconded_by_another" in str(error.value)


def test_limit_of_words_is_one_at_least(rows):
    rules = CommitteeRules.objects.create(conference=rows[Composite].conference)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        CommitteeRules.objects.filter(pk=rules.pk).update(composite_max_words=0)
    assert "motions_committeerules_words_above_zero" in str(error.value)
