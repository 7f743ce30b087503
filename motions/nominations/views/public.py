"""What everybody sees once the list of candidates is settled: statements, booklet, result."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from motions.nominations import documents, showing
from motions.nominations.models import Candidate
from motions.nominations.views import fetch


@require_safe
@login_not_required
def candidates(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The candidates with their statements, by name; once declared, the result first."""
    post, contest = fetch.settled_post(request, slug, pk)
    is_declared = contest.declared_at is not None
    facts = {
        "conference": post.conference,
        "post": post,
        "contest": contest,
        "candidates": showing.candidates_of(post),
        "terms": showing.terms_in_words(post),
        "result": showing.result_of(contest) if is_declared else [],
        "count": showing.count_of(contest) if is_declared else None,
        "standing_lots": showing.lots_of(contest) if is_declared else [],
        "unfilled": showing.unfilled(contest) if is_declared else 0,
        "carrying_on": showing.carrying_on(post) if is_declared else [],
        "at": request.at,
    }
    return render(request, "motions/nominations/candidates.html", facts)


@require_safe
@login_not_required
def booklet(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The same statements as a tagged PDF."""
    post, contest = fetch.settled_post(request, slug, pk)
    made = documents.booklet(post, showing.candidates_of(post), at=request.at)
    answer = HttpResponse(made, content_type="application/pdf")
    name = slugify(f"candidates {post.title} {slug}")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_safe
@login_not_required
def photo(request: HttpRequest, slug: str, pk: int, candidate_pk: int) -> HttpResponse:
    """The photo of somebody on the settled list."""
    post, _ = fetch.settled_post(request, slug, pk)
    rows = Candidate.objects.filter(post=post, state__in=showing.SHOWN).exclude(photo="")
    return as_picture(get_object_or_404(rows, pk=candidate_pk))


def as_picture(candidate: Candidate) -> HttpResponse:
    """A photo that we drew anew ourselves: shown inside our pages, on its own only as a download."""
    try:
        with candidate.photo.open("rb") as stored:
            answer = HttpResponse(stored.read(), content_type="image/jpeg")
    except FileNotFoundError as error:
        raise Http404 from error
    answer["Content-Disposition"] = 'attachment; filename="photo.jpg"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
