"""What came by post or e-mail: the instant of receipt decides price and door."""

from __future__ import annotations

import datetime as dt
import io
import struct
import uuid

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

from members.models import User
from registrations.models import Booking
from registrations.orders import Order, Paper
from registrations.services import submitting

LARGEST_SCAN = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2400
# What Pillow raises for a damaged file; `struct.error` comes from turning one by a broken EXIF.
_NO_PICTURE = (
    *(UnidentifiedImageError, Image.DecompressionBombError),
    *(OSError, ValueError, SyntaxError, struct.error),
)


def enter_paper_booking(
    *,
    by: User,
    order: Order,
    paper: Paper,
    received_at: dt.datetime,
    at: dt.datetime,
    key: uuid.UUID,
) -> Booking:
    """Enter a booking that came on paper or by e-mail, judged as if booked when it was received.

    A late one is refused unless `paper.override_reason` says why it is let in; then it has the last
    price. Raises ValidationError: future, or as `submit_booking`.
    """
    if received_at > at:
        raise ValidationError("The time of receipt cannot be in the future.", code="future")
    return submitting.submit_booking(
        by=by, order=order, at=received_at, quoted=None, key=key, paper=paper, entered_at=at
    )


def reencoded(upload: io.IOBase, *, size: int) -> ContentFile:
    """A scan drawn afresh as JPEG under a name of our own, so that nothing foreign is kept.

    Raises ValidationError for anything that is too large or is no picture.
    """
    if size > LARGEST_SCAN:
        raise ValidationError("The scan is larger than 8 MB. Please scan it at 200 dpi.")
    try:
        with Image.open(upload, formats=("JPEG", "PNG", "TIFF")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError("The scan has too many pixels. Please scan it at 200 dpi.")
            drawn = ImageOps.exif_transpose(picture).convert("RGB")
    except _NO_PICTURE:
        raise ValidationError("Upload the scan as a JPEG, PNG or TIFF picture.") from None
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = io.BytesIO()
    drawn.save(written, "JPEG", quality=80)
    return ContentFile(written.getvalue(), name=f"{uuid.uuid4().hex}.jpg")
