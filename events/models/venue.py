"""Places and their rooms."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Venue(models.Model):
    """A building or an online platform where a conference meets."""

    name = models.CharField(max_length=150)
    town = models.CharField(max_length=80, blank=True)
    address = models.TextField(blank=True)
    access_notes = models.TextField("getting in and around, step-free access", blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "town"],
                name="events_venue_once_a_town",
                violation_error_message="This venue is already there.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.town}" if self.town else self.name


class Room(models.Model):
    """A room of a conference; capacity in persons, None when unknown."""

    conference = models.ForeignKey("events.Conference", models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=80)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    is_step_free = models.BooleanField("step-free", null=True, blank=True)
    position = models.PositiveSmallIntegerField("order", default=0, db_index=True)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "name"],
                name="events_room_name_once_a_conference",
                violation_error_message="This conference already has a room of that name.",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gt=0),
                name="events_room_capacity_above_zero",
                violation_error_message="A room holds at least one person; leave empty if unknown.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
