"""How a conference debates: minutes for each speech, as data that staff edit."""

from __future__ import annotations

from dataclasses import fields

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from events.models import Conference
from motions.agendas.budget import Minutes

LONGEST = 240
USUAL = Minutes()
MOST_SPEAKERS = 50


def _minutes(name: str, default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        name, default=default, validators=[MaxValueValidator(LONGEST)]
    )


def _speakers(name: str, default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        name, default=default, validators=[MaxValueValidator(MOST_SPEAKERS)]
    )


class DebateRules(models.Model):
    """Minutes and speakers of a debate. A conference without a row has the defaults.

    The party's standing orders are not known: the defaults are what sister bodies do, and `basis`
    says where what was entered is written.
    """

    conference = models.OneToOneField(
        "events.Conference", models.CASCADE, primary_key=True, related_name="debate_rules"
    )
    mover = _minutes("minutes of the mover", USUAL.mover)
    seconder = _minutes("minutes of the seconder", USUAL.seconder)
    speaker = _minutes("minutes of each other speaker", USUAL.speaker)
    speakers = _speakers("other speakers to a motion", USUAL.speakers)
    reply = _minutes("minutes of the right of reply", USUAL.reply)
    amendment_mover = _minutes("minutes of the mover of an amendment", USUAL.amendment_mover)
    amendment_speakers = _speakers("other speakers to an amendment", USUAL.amendment_speakers)
    vote = _minutes("minutes of a vote", USUAL.vote)
    basis = models.CharField("where these rules come from", max_length=200, blank=True)

    class Meta:
        verbose_name = "rules of debate"
        verbose_name_plural = "rules of debate"
        constraints = [
            models.CheckConstraint(
                condition=Q(mover__gte=1, speaker__gte=1, amendment_mover__gte=1, vote__gte=1),
                name="motions_debaterules_a_minute_at_least",
                violation_error_message="Movers, speakers and votes have a minute at least.",
            ),
        ]

    def __str__(self) -> str:
        return f"Rules of debate, {self.conference}"

    @classmethod
    def of(cls, conference: Conference) -> DebateRules:
        """The rules of a conference; the defaults, unsaved, when none were entered."""
        found = cls.objects.filter(conference=conference).first()
        return found or cls(conference=conference)

    @property
    def minutes(self) -> Minutes:
        """As the plain settings that a budget is made of."""
        return Minutes(**{field.name: getattr(self, field.name) for field in fields(Minutes)})
