"""What came on paper: judged by its receipt, its scan drawn afresh."""

from __future__ import annotations

import datetime as dt
import io
import uuid

import pytest
from django.core.exceptions import ValidationError
from PIL import ExifTags, Image

from members.models import AuditEntry
from registrations.orders import Paper, PlaceWish
from registrations.services import paper
from tests.registrations import build

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def enter(year, staff, received_at, *, at=build.CLOSES + DAY, reason="", **fields):
    wish = PlaceWish(pass_type=year.pass_types.get(code="delegate"), extras=(year.extras.get(),))
    order = build.order(year, wish, organisation=fields.pop("body", None) or build.body())
    return paper.enter_paper_booking(
        by=staff,
        order=order,
        paper=Paper(channel="post", override_reason=reason, **fields),
        received_at=received_at,
        at=at,
        key=uuid.uuid4(),
    )


@pytest.mark.parametrize(
    ("received", "total"), [(build.EARLY_ENDS - build.TICK, 135), (build.EARLY_ENDS, 155)]
)
def test_paper_is_priced_as_of_its_receipt(year, staff, received, total):
    made = enter(year, staff, received)
    assert (made.total, made.submitted_at) == (total, received)
    assert (made.entered_by, made.entered_at) == (staff, build.CLOSES + DAY)


def test_paper_that_came_late_is_refused_unless_staff_say_why(year, staff):
    with pytest.raises(ValidationError, match="closed at the end of Monday 22 August 2016"):
        enter(year, staff, build.CLOSES)
    made = enter(year, staff, build.CLOSES, reason="postal strike", body=build.body("Leeds"))
    assert (made.total, made.override_reason) == (155, "postal strike")
    assert AuditEntry.objects.get(action="booking.entered").reason == "postal strike"


@pytest.mark.parametrize("status", ["postponed", "cancelled"])
@pytest.mark.parametrize("received", [build.EARLY, build.CLOSES])
def test_paper_waits_while_the_conference_is_halted_and_then_counts_from_its_receipt(
    year, staff, status, received
):
    reason = "" if received < build.CLOSES else "postal strike"
    year.status = status
    year.save()
    with pytest.raises(ValidationError) as refusal:
        enter(year, staff, received, reason=reason)
    assert refusal.value.code == "halted"
    year.status = "open"
    year.save()
    made = enter(year, staff, received, reason=reason, body=build.body("Leeds"))
    assert (made.submitted_at, made.total) == (received, 155 if reason else 135)


def test_paper_from_the_future_is_refused(year, staff):
    with pytest.raises(ValidationError, match="cannot be in the future"):
        enter(year, staff, build.LATE + DAY, at=build.LATE)


def test_scan_is_drawn_afresh_under_a_name_of_our_own(year, staff):
    picture = io.BytesIO()
    Image.new("RGBA", (50, 40), "red").save(picture, "PNG")
    sent = picture.getvalue() + b"<script>alert(1)</script>"
    kept = paper.reencoded(io.BytesIO(sent), size=len(sent))
    assert kept.name.endswith(".jpg")
    content = kept.read()
    assert content[:2] == b"\xff\xd8"
    assert b"script" not in content
    kept.seek(0)
    made = enter(year, staff, build.EARLY, scan=kept)
    assert made.scan.name.startswith("scans/")


@pytest.mark.parametrize("sent", [b"", b"%PDF-1.7", b"<svg onload=alert(1)>", b"GIF89a" * 9])
def test_scan_that_is_no_picture_is_refused(sent):
    with pytest.raises(ValidationError, match="JPEG, PNG or TIFF"):
        paper.reencoded(io.BytesIO(sent), size=len(sent))


def test_scan_with_broken_facts_about_its_turning_is_refused():
    picture = Image.new("RGB", (20, 20))
    facts = picture.getexif()
    facts[ExifTags.Base.Orientation], facts[ExifTags.Base.ImageDescription] = 6, "a description"
    written = io.BytesIO()
    picture.save(written, "JPEG", exif=facts)
    sent = bytearray(written.getvalue())
    sent[sent.find(b"Exif") + 17] = 0  # the description says that it is another kind of fact
    with pytest.raises(ValidationError, match="JPEG, PNG or TIFF"):
        paper.reencoded(io.BytesIO(sent), size=len(sent))


def test_scan_that_is_too_large_is_refused_before_it_is_read():
    with pytest.raises(ValidationError, match="larger than 8 MB"):
        paper.reencoded(io.BytesIO(b""), size=paper.LARGEST_SCAN + 1)
