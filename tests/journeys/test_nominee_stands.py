"""A nominee on a phone: from the mailed link to the statement in the booklet everybody reads."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from mailing.models import Mail
from motions.models import Candidate
from motions.nominations.services import nominating, settling
from motions.nominations.services.nominating import Nominee
from tests import factories
from tests.journeys.conftest import ON_A_PHONE
from tests.motions.make import key, make_post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def post(at):
    post = make_post(nominee_is_delegate=False, statement_max_words=12)
    post.answers_deadline = factories.make_deadline(
        post.conference, "other", name="Statements", closes_on=dt.date(2016, 8, 8)
    )
    post.save()
    body = factories.make_society("Midcounties Housing Society")
    nominee = Nominee(
        name="Nia Nominee", email="nia@example.org", region=factories.make_region("Wales")
    )
    nominating.nominate(
        by=factories.make_officer(body),
        post=post,
        organisation=body,
        nominee=nominee,
        at=at("2016-07-20 10:00"),
        key=key(),
    )
    return post


@pytest.fixture
def photo(tmp_path):
    made = io.BytesIO()
    Image.new("RGB", (900, 1200), "teal").save(made, "JPEG")
    file = tmp_path / "me.jpg"
    file.write_bytes(made.getvalue())
    return file


def test_nominee_without_an_account_agrees_writes_and_is_read_by_everybody(
    sit_down, at, post, photo, assert_accessible
):
    mail = Mail.objects.get(to_address="nia@example.org")
    path = mail.text[mail.text.index("/nominations/") :].split()[0]
    at("2016-08-08 23:55")
    page = sit_down(ON_A_PHONE)
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_text("Do you want to stand, Nia Nominee?")
    assert_accessible(page)
    page.get_by_role("button", name="I agree to stand").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your statement")
    long = "I have kept minutes for six years, and I never lost one of them."
    page.get_by_label("Your statement").fill(long)
    expect(page.locator("#id_statement_count")).to_contain_text("14")
    page.get_by_label("Interests you declare").fill("I rent from a co-operative.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".error-summary")).to_contain_text("please cut 2")
    page.get_by_label("Your statement").fill("I have kept minutes for six years.")
    page.get_by_label("Your photo").set_input_files(photo)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("A copy is on its way to you by mail.")).to_be_visible()
    expect(page.get_by_alt_text("Photo of Nia Nominee")).to_be_visible()
    assert_accessible(page)
    settling.settle(by=factories.make_user(), post=post, at=at("2016-08-09 09:00"))
    assert Candidate.objects.get().state == "consented"
    page.goto(f"/conferences/{post.conference.slug}/nominations/")
    page.get_by_role("link", name="The candidates").click()
    expect(page.get_by_text("I have kept minutes for six years.")).to_be_visible()
    expect(page.get_by_text("I rent from a co-operative.")).to_be_visible()
    picture = page.get_by_alt_text("Photo of Nia Nominee")
    assert picture.evaluate("one => one.complete && one.naturalWidth") == 360
    with page.expect_download() as download:
        page.get_by_role("link", name="All statements as a booklet").click()
    assert download.value.suggested_filename.endswith(".pdf")
    page.goto(path)
    expect(
        page.get_by_text("The list of candidates is settled: it stays as it is.")
    ).to_be_visible()
