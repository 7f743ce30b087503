"""A body takes a model motion as the start of its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from motions.models import Call, ModelMotion
from motions.texts.cleaning import clean


def offered_now(model: ModelMotion, call: Call, at: dt.datetime) -> ModelMotion:
    """The model motion under a lock, so that its wording cannot change while it is taken.

    The caller is in a transaction. Raises ValidationError (a dict of fields) when it is not offered
    for this conference on this day.
    """
    offered = ModelMotion.objects.offered(conference=call.conference, at=at)
    row = offered.select_for_update(of=("self",)).filter(pk=model.pk).first()
    if row is None:
        raise ValidationError(
            {"model": f"“{model.title}” is no longer offered. Choose another, or an empty page."}
        )
    return row


def begun_from(model: ModelMotion) -> dict[str, Any]:
    """The columns of a motion that begins with it."""
    return {
        "begun_from": model,
        "title": " ".join(model.title.split())[:200],
        "draft_text": clean(model.text).text,
    }
