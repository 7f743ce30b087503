"""Each named constraint of calls for ideas, refused by the database itself."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from motions.models import CallForIdeas, Idea, IdeaQuestion, IdeaSupport, IdeaTakenUp
from tests.motions.ideas.breaking import BROKEN

pytestmark = pytest.mark.django_db
MODELS = (CallForIdeas, Idea, IdeaQuestion, IdeaSupport, IdeaTakenUp)


def test_every_constraint_has_a_row_that_breaks_it():
    constraints = [one for model in MODELS for one in model._meta.constraints]
    assert {one.name for one in constraints} == set(BROKEN)


@pytest.mark.parametrize("name", BROKEN)
def test_constraint_broken_is_refused_by_the_database(name):
    row = BROKEN[name]()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
