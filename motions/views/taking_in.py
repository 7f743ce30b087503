"""A Word file beside typing and pasting: read, shown as it was understood, taken on one press."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motions.amendments import uploaded
from motions.amendments.forms import form_for
from motions.forms import MotionForm, with_values
from motions.models import Motion
from motions.texts import blocks, words
from motions.texts.cleaning import Cleaned, TextTooLong, clean
from motions.texts.docx.reading import Understood
from motions.uploads import read_word


def understood(request: HttpRequest, motion: Motion, form: MotionForm) -> HttpResponse:
    """The page that shows what the file says. `motion` is what was typed, saved already.

    Nothing of the file is kept: its text comes back with the form when it is taken. Raises
    ValidationError with what to do when it cannot be read.
    """
    found = _read(form)
    if motion.is_amendment:
        return _amendment_understood(request, motion, form, found)
    cleaned = _cleaned(found.text)
    title = " ".join(clean(found.title).text.split()) or motion.title
    taken = {"version": motion.draft_version, "title": title, "text": cleaned.text}
    both = taken | {
        "title": motion.title or title,
        "text": f"{motion.draft_text}\n\n{cleaned.text}",
    }
    facts = {
        "conference": motion.conference,
        "motion": motion,
        "blocks": blocks.parse(cleaned.text),
        "words": words.count(cleaned.text),
        "notices": [*found.notices, *cleaned.notices],
        "before": blocks.parse(motion.draft_text),
        "words_before": words.count(motion.draft_text),
        "other_title": motion.title if motion.title != title else "",
        "form": MotionForm(with_values(form.data, taken), motion=motion, auto_id=False),
        "below": MotionForm(with_values(form.data, both), motion=motion, auto_id=False),
        "steps": ["Write", "Check", "Receipt"],
    }
    return render(request, "motions/understood.html", facts)


def _amendment_understood(
    request: HttpRequest, amendment: Motion, form: MotionForm, found: Understood
) -> HttpResponse:
    """The file as the whole text of the motion: what it changes, in words and word by word."""
    text, told = uploaded.text_of(found, amendment.base)
    cleaned = _cleaned(text)
    taken = {"version": amendment.draft_version, "text": cleaned.text}
    facts = {
        **uploaded.facts(amendment, cleaned.text),
        "conference": amendment.conference,
        "motion": amendment,
        "notices": [*told, *found.notices, *cleaned.notices],
        "form": form_for(amendment)(with_values(form.data, taken), motion=amendment, auto_id=False),
        "steps": ["Write", "Check", "Receipt"],
    }
    return render(request, "motions/amendments/understood.html", facts)


def _read(form: MotionForm) -> Understood:
    upload = form.cleaned_data["document"]
    if upload is None:
        raise ValidationError("Choose the Word file (.docx) first, then read it.", code="required")
    return read_word(upload)


def _cleaned(text: str) -> Cleaned:
    try:
        return clean(text)
    except TextTooLong as error:
        raise ValidationError(str(error)) from error
