"""The tellers' figures, entered at the desk; a correction leaves a trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from members import audit
from members.models import User
from motions.nominations import rules
from motions.nominations.models import Contest, Count, Post
from motions.nominations.services import contests
from motions.texts.cleaning import clean


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What the tellers hand in: votes by candidate, and the papers where they are known."""

    votes: Mapping[int, int]
    tellers: str
    papers: int | None = None
    spoilt: int | None = None


@transaction.atomic
def enter(
    *, by: User, contest: Contest, figures: Figures, at: dt.datetime, correction: str = ""
) -> Count:
    """Enter the figures of a contest, or correct them with a reason. The same figures again change
    nothing.

    Raises ValidationError: code `own`, `declared`, `contest` where there is none, `twice` where
    figures stand and no reason is given, or a dict of fields where they cannot be right.
    """
    post, row = _locked(by, contest)
    if row.kind != Contest.Kind.CONTESTED:
        raise ValidationError(f"There is no contest for {post.title}.", code="contest")
    tellers = " ".join(clean(figures.tellers).text.split())[:200]
    if not tellers:
        raise ValidationError({"tellers": "Say who counted."})
    _require_right(post, figures)
    before = row.counts.in_force().first()
    if before is not None and _says(before, figures, tellers):
        return before
    if before is not None and not correction.strip():
        raise ValidationError(
            {"correction": "Figures stand already: say why they are corrected."}, code="twice"
        )
    if before is not None:
        before.superseded_at = at
        before.save(update_fields=["superseded_at"])
    made = row.counts.create(
        papers=figures.papers,
        spoilt=figures.spoilt,
        tellers=tellers,
        corrects=before,
        correction=correction.strip()[:300] if before else "",
        entered_by=by,
        entered_at=at,
    )
    for candidate, votes in figures.votes.items():
        made.lines.create(candidate_id=candidate, votes=votes)
    audit.record(
        by=by,
        action="count.corrected" if before else "count.entered",
        on=made,
        at=at,
        before=_in_words(before),
        after=_in_words(made),
        reason=made.correction,
    )
    return made


def _locked(by: User, contest: Contest) -> tuple[Post, Contest]:
    post = contests.lock_post(contest.post)
    if refusal := rules.why_kept_from(by, post):
        raise ValidationError(refusal, code="own")
    row = contests.require_undeclared(post)
    if row is None:
        raise ValidationError("The list of candidates is not settled yet.", code="contest")
    return post, row


def _require_right(post: Post, figures: Figures) -> None:
    """A figure for everybody who stands, and none that the papers cannot give."""
    standing = contests.standing_for(post)
    if {candidate.pk for candidate in standing} != set(figures.votes):
        raise ValidationError(
            "The list of candidates has changed meanwhile: look at the page again.", code="contest"
        )
    if figures.papers is None:
        return
    for candidate in standing:
        if figures.votes[candidate.pk] > figures.papers:
            raise ValidationError(
                {
                    f"votes_{candidate.pk}": f"{figures.votes[candidate.pk]} votes, but only "
                    f"{figures.papers} valid papers: nobody votes twice for the same person."
                }
            )
    total, most = sum(figures.votes.values()), figures.papers * post.vacancies
    if total > most:
        raise ValidationError(
            {
                "papers": f"{total} votes in all, but {figures.papers} papers with at most "
                f"{post.vacancies} votes each give {most}. See whether a figure was misread."
            }
        )


def _says(count: Count, figures: Figures, tellers: str) -> bool:
    stored = dict(count.lines.values_list("candidate", "votes"))
    same = (count.papers, count.spoilt, count.tellers) == (figures.papers, figures.spoilt, tellers)
    return same and stored == dict(figures.votes)


def _in_words(count: Count | None) -> dict[str, object]:
    """For the trail: figures by the number of the candidate, no names."""
    if count is None:
        return {}
    lines = {f"candidate {one.candidate_id}": one.votes for one in count.lines.all()}
    return {**lines, "papers": count.papers, "spoilt": count.spoilt}
