"""When each part of the machinery was last alive."""

from __future__ import annotations

import datetime as dt

from django.db import models


class HeartbeatManager(models.Manager["Heartbeat"]):
    """Writes and reads the last sign of life of each part."""

    def beat(self, *, name: str, at: dt.datetime) -> None:
        """`name` was alive at `at`. Never moves back, so two beats cannot disagree."""
        if not self.filter(name=name).update(at=models.functions.Greatest("at", models.Value(at))):
            self.bulk_create([Heartbeat(name=name, at=at)], ignore_conflicts=True)


class Heartbeat(models.Model):
    """One part of the machinery: the timer (`beat`), the sender (`pump`), the `planner`."""

    BEAT, PUMP, PLANNER = "beat", "pump", "planner"

    name = models.CharField("part", max_length=40)
    at = models.DateTimeField("last seen")

    objects = HeartbeatManager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="mailing_heartbeat_one_row_a_part",
                violation_error_message="This part already has its row.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
