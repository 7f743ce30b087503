"""One small conference year with a row of every model, and the people who look at it.

Every text in it is written by `words(model, field)`, so that a test decides what stands in every
field people type into. Rows are made past the forms: what a form would refuse may still come in by
a file, a shell or an older release, and must be shown harmlessly all the same.
"""

from __future__ import annotations

from django.db import models

from tests.hostile.delegating import make_delegations
from tests.hostile.world.awards import make_awards
from tests.hostile.world.bodies import make_bodies
from tests.hostile.world.bookings import make_bookings
from tests.hostile.world.business import make_business
from tests.hostile.world.conference import make_conference, make_programme
from tests.hostile.world.ideas import make_ideas
from tests.hostile.world.mail import make_mail, trail
from tests.hostile.world.people import make_people
from tests.hostile.world.rows import AT, EVER, World
from tests.hostile.world.typed import Words, typed_fields, typed_models, write

__all__ = ["AT", "EVER", "World", "make_world", "trail", "typed_fields", "typed_models", "write"]


def _plain(model: type[models.Model], column: models.Field) -> str:
    return "plain"


def make_world(words: Words | None = None) -> World:
    """Everything once, with plain words, or with these in every typed column."""
    world = World(people=make_people())
    make_conference(world)
    make_programme(world)
    make_bodies(world)
    make_bookings(world)
    make_delegations(world)
    make_business(world)
    make_awards(world)
    make_ideas(world)
    make_mail(world)
    trail(words or _plain, world.people["everything"], world.body)
    missing = {model._meta.label for model in typed_models() if not model._base_manager.exists()}
    assert not missing, f"tests/hostile/world makes no row of {sorted(missing)}"
    if words is not None:
        write(words)
    return world
