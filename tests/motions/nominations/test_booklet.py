"""The booklet of candidates: page and tagged PDF, photos with words, nothing before the list stands."""

import io

import pdfua
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from motions.models import Contest
from motions.nominations import documents, showing
from tests.factories import AT, make_user
from tests.motions.make import make_post
from tests.motions.nominations.make import make_candidate

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    post = make_post(nominee_is_delegate=False)
    post.terms.create(years=3, places=1)
    post.terms.create(years=1, places=1)
    make_candidate(post, "Ann <b>Apple", statement="First.\n\nSecond #line.", interests="A mill")
    ben = make_candidate(post, "Ben", region="London", statement="")
    drawn = io.BytesIO()
    Image.new("RGB", (360, 480), "teal").save(drawn, "JPEG")
    ben.photo.save("photo.jpg", ContentFile(drawn.getvalue()))
    make_candidate(
        post,
        "Gone",
        region="Scotland",
        state="struck_out",
        struck_out_at=AT,
        struck_out_reason="Secret reason",
    )
    make_candidate(post, "Asked", region="Yorkshire & the Humber", state="asked", decided_at=None)
    return post


def settle(post):
    return Contest.objects.create(
        post=post, kind="unopposed", settled_by=make_user(), settled_at=AT
    )


def pages(post, name="candidates", **more):
    return reverse(
        f"nominations:{name}", kwargs={"slug": post.conference.slug, "pk": post.pk, **more}
    )


def test_candidates_before_the_list_is_settled_do_not_exist(client, at, post):
    at("2016-03-14 13:00")
    ben = post.candidates.get(name="Ben")
    urls = [pages(post), pages(post, "booklet"), pages(post, "photo", candidate_pk=ben.pk)]
    assert {client.get(url).status_code for url in urls} == {404}
    settle(post)
    assert {client.get(url).status_code for url in urls} == {200}


def test_candidates_page_shows_who_stands_and_nobody_else(client, at, post):
    at("2016-03-14 13:00")
    settle(post)
    page = client.get(pages(post)).content.decode()
    assert "Ann &lt;b&gt;Apple" in page
    assert "Second #line." in page
    assert "A mill" in page
    assert 'alt="Photo of Ben"' in page
    for hidden in ("Gone", "Secret reason", "Asked", "@example.org"):
        assert hidden not in page
    gone = post.candidates.get(name="Gone")
    assert client.get(pages(post, "photo", candidate_pk=gone.pk)).status_code == 404


def test_booklet_is_a_tagged_pdf_with_everybody_who_stands(post, tmp_path):
    made = documents.booklet(post, showing.candidates_of(post), at=AT)
    file = tmp_path / "booklet.pdf"
    file.write_bytes(made)
    assert pdfua.validate(file).findings == ()
    text = " ".join(page.extract_text() for page in PdfReader(file).pages)
    for words in ("Candidates: CAC member", "Ann <b>Apple", "Second #line.", "3 years", "Ben"):
        assert words in text
    assert "Gone" not in text
    assert made == documents.booklet(post, showing.candidates_of(post), at=AT)
