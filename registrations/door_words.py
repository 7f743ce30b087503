"""What a steward reads aloud: one or two short sentences for every answer of a door."""

from __future__ import annotations

import datetime as dt

from clock.words import date_words, time_words
from registrations.models import Credential, Scan

Refusal = Scan.Refusal
DESK = "Please send them to the registration desk."


def refusal_in_words(reason: str, credential: Credential | None, since: dt.datetime | None) -> str:
    """A refusal read aloud, empty for none. `since`: when they came in, for 'already in'."""
    voided = credential.voided_at if credential else None
    if reason == Refusal.REPLACED and voided:
        return f"This badge was replaced {_when(voided)}. Ask for the new one."
    if reason == Refusal.SUBSTITUTED and voided:
        return f"Since {_moment(voided)} somebody else comes in this place. {DESK}"
    if reason == Refusal.CANCELLED:
        return f"This place was cancelled{f' {_when(voided)}' if voided else ''}. {DESK}"
    if reason == Refusal.ALREADY_IN:
        return (
            f"Already in{f' since {time_words(since)}' if since else ''}. If they went out, press "
            "‘Let in again’. If not, look at the badge and the face."
        )
    if reason == Refusal.WRONG_DAY and credential and credential.place.pass_type.only_on:
        return f"This pass is for {date_words(credential.place.pass_type.only_on)} only. {DESK}"
    return PLAIN[reason] if reason else ""


def _moment(at: dt.datetime) -> str:
    return f"{time_words(at)} on {date_words(at)}"


def _when(at: dt.datetime) -> str:
    return f"at {_moment(at)}"


PLAIN = {
    Refusal.UNKNOWN: "This is not one of our codes. Type the code under the picture.",
    Refusal.ELSEWHERE: f"This badge is for another conference. {DESK}",
    Refusal.REPLACED: "This badge was replaced. Ask for the new one.",
    Refusal.SUBSTITUTED: f"Somebody else comes in this place. {DESK}",
    Refusal.HALTED: "The conference does not take place now. Nobody is let in.",
    Refusal.WRONG_DAY: f"The conference is not on today. {DESK}",
    Refusal.UNPAID: f"This booking is not paid yet. {DESK}",
    Refusal.DELEGATES_ONLY: "This session is for delegates only. Visitors are welcome in the others.",
    Refusal.NOT_IN: "This person was not in. Nothing was counted.",
}
MISTYPED = "A letter is wrong: that code cannot be one of ours. Look at the badge again."
