"""What pages and papers say of a post's candidates and of its result."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from motions.nominations.counting import LotNeeded, Placing
from motions.nominations.models import Candidate, Contest, Count, Lot, Post, Seat
from motions.nominations.services import results

State = Candidate.State
NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}
SHOWN = (State.CONSENTED, State.ELECTED, State.NOT_ELECTED)


@dataclass(frozen=True, slots=True)
class Place:
    """One candidate in the result, with what became of them in words."""

    candidate: Candidate
    votes: int | None
    words: str
    why_not: str = ""

    @property
    def tone(self) -> str:
        """How pages colour it."""
        return "good" if self.candidate.state == State.ELECTED else "quiet"


def candidates_of(post: Post) -> list[Candidate]:
    """Who stands or stood on the settled list, by name."""
    rows = post.candidates.filter(state__in=SHOWN).select_related("region")
    return list(rows.order_by("name", "pk"))


def count_of(contest: Contest) -> Count | None:
    """The figures that stand."""
    return contest.counts.in_force().prefetch_related("lines").first()


def lots_of(contest: Contest) -> list[Lot]:
    """The lots that stand, with who was drawn as which."""
    rows = contest.lots.in_force().prefetch_related("places__candidate")
    return list(rows.order_by("entered_at", "pk"))


def result_of(contest: Contest) -> list[Place]:
    """The declared result in its order: those elected, the longest term first, then the others."""
    count = count_of(contest)
    votes = {one.candidate_id: one.votes for one in count.lines.all()} if count else {}
    drawn = {one.candidate_id: one.position for lot in lots_of(contest) for one in lot.places.all()}
    rows = [one for one in candidates_of(contest.post) if one.state in Candidate.DECLARED]
    rows.sort(
        key=lambda one: (
            one.state != State.ELECTED,
            -(one.years or 0),
            -votes.get(one.pk, 0),
            drawn.get(one.pk, 0),
            one.name,
        )
    )
    regions = {one.region_id for one in rows if one.state == State.ELECTED}
    return [_place(one, votes.get(one.pk), contest.post, regions) for one in rows]


def preview(contest: Contest) -> list[tuple[Candidate, Placing]]:
    """What the result would be if it were declared now; empty while something is missing."""
    try:
        made = results.outcome(contest)
    except (LotNeeded, results.ValidationError):
        return []
    people = {one.pk: one for one in candidates_of(contest.post)}
    return [(people[one.candidate], one) for one in made]


def carrying_on(post: Post) -> list[Seat]:
    """Where nobody was nominated: the members who carry on until the next conference."""
    if post.fills_id is None or post.year is None:
        return []
    rows = Seat.objects.filter(
        committee=post.fills_id,
        given_up_on__isnull=True,
        years_carried_on__gt=0,
        until_year=post.year + 1,
    )
    return list(rows.select_related("region").order_by("name"))


def term_in_words(years: int | None) -> str:
    """'elected for 3 years'."""
    if years is None:
        return "elected"
    return "elected for 1 year" if years == 1 else f"elected for {years} years"


def terms_in_words(post: Post) -> str:
    """'one for 3 years, one for 1 year'; '' where no term is stated."""
    said = []
    for years, places in sorted(Counter(filter(None, post.places)).items(), reverse=True):
        number = NUMBERS.get(places, str(places))
        said.append(f"{number} for {years} year{'' if years == 1 else 's'}")
    return ", ".join(said)


def unfilled(contest: Contest) -> int:
    """How many places stay vacant although somebody stood."""
    return max(0, contest.post.vacancies - sum(_is_elected(contest)))


def _is_elected(contest: Contest) -> list[bool]:
    return [one.state == State.ELECTED for one in candidates_of(contest.post)]


def _place(candidate: Candidate, votes: int | None, post: Post, regions: set[int]) -> Place:
    if candidate.state == State.ELECTED:
        return Place(candidate, votes, term_in_words(candidate.years))
    why = ""
    if post.one_per_region and candidate.region_id in regions:
        why = f"{candidate.region} is represented by somebody elected before"
    return Place(candidate, votes, "not elected", why)
