"""The booklet of candidates' statements as a tagged PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from clock.words import instant_words
from events.imprints import imprint_for
from motions.agendas.papers import typeset
from motions.nominations import showing
from motions.nominations.models import Candidate, Post


def booklet(post: Post, candidates: Sequence[Candidate], at: dt.datetime) -> bytes:
    """Everybody on the settled list by name, each with photo, statement and interests.

    Raises papers.typesetting.Faulty.
    """
    places = "1 place" if post.vacancies == 1 else f"{post.vacancies} places"
    terms = showing.terms_in_words(post)
    data = {
        "title": f"Candidates: {post.title}",
        "conference": str(post.conference),
        "imprint": imprint_for(post.conference, at),
        "places": f"{places}: {terms}" if terms else places,
        "printed": f"As it stood on {instant_words(at.replace(second=0, microsecond=0))}",
        "candidates": [_said(one) for one in candidates],
    }
    return typeset("motions/papers/booklet.typ", data)


def _said(candidate: Candidate) -> dict[str, Any]:
    return {
        "name": candidate.name,
        "region": candidate.region.name,
        "statement": _paragraphs(candidate.statement),
        "interests": _paragraphs(candidate.interests),
        "photo": _photo(candidate),
    }


def _paragraphs(text: str) -> list[str]:
    return [block.strip() for block in text.split("\n\n") if block.strip()]


def _photo(candidate: Candidate) -> list[int]:
    """The picture's bytes as numbers, as typst reads them; none where the file is gone."""
    if not candidate.photo:
        return []
    try:
        with candidate.photo.open("rb") as stored:
            return list(stored.read())
    except FileNotFoundError:
        return []
