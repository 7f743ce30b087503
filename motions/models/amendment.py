"""An amendment: a motion that amends another one. It stands in the same table."""

from __future__ import annotations

from django.db import models

from motions.models.motion import Motion, MotionQuerySet


class AmendmentQuerySet(MotionQuerySet):
    """Sets of amendments."""

    def to(self, motion: models.Model) -> AmendmentQuerySet:
        """The amendments to one motion, whatever became of them."""
        return self.filter(amends=motion)

    def shown(self) -> AmendmentQuerySet:
        """What everybody may read: published, or once published and now back with its body."""
        states = [Motion.State.PUBLISHED, Motion.State.REWORDING]
        return self.filter(state__in=states, published_at__isnull=False).in_agenda_order()

    def with_wording(self) -> AmendmentQuerySet:
        """With what a diff and the spoken sentences need: both texts, block by block."""
        return self.select_related("current_version__base", "organisation").prefetch_related(
            "current_version__blocks", "current_version__base__blocks"
        )


class AmendmentManager(models.Manager.from_queryset(AmendmentQuerySet)):
    """Amendments alone."""

    def get_queryset(self) -> AmendmentQuerySet:
        return super().get_queryset().filter(amends__isnull=False)


class Amendment(Motion):
    """An amendment of one body to one published motion (`amends`), against one version of its text.

    `draft_text` is the full text as the body wants it; of what was sent in, a version keeps the full
    wording and the operations that make it of the motion's. `base` of the amendment is what the
    working copy is written against, `base` of a version what that version changes.
    """

    objects = AmendmentManager()

    class Meta:
        proxy = True

    @property
    def is_stale(self) -> bool:
        """Was what was sent in written against a text that is no longer the motion's?"""
        version = self.current_version
        return version is not None and version.base_id != self.amends.current_version_id
