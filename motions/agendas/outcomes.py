"""What conference made of a motion, for those who read motions."""

from __future__ import annotations

from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from motions.models import Motion, Outcome


def in_words() -> Coalesce:
    """For a query of motions: 'carried', 'lost', …; empty where nothing is decided yet."""
    stands = of_row()
    words = Case(
        *(When(result=result, then=Value(result.label)) for result in Outcome.Result),
        output_field=CharField(),
    )
    return Coalesce(Subquery(stands.order_by().values_list(words)[:1]), Value(""))


def of_row() -> QuerySet[Outcome]:
    """What stands of the motion in the row of a query around this one."""
    return Outcome.objects.in_force().filter(motion=OuterRef("pk"), part__isnull=True)


def of(motion: Motion) -> QuerySet[Outcome]:
    """What stands of a motion and of its parts, the parts first, as they were voted."""
    rows = Outcome.objects.in_force().filter(motion=motion).select_related("part")
    return rows.order_by("part__position", "entered_at", "pk")
