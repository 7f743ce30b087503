"""Files that staff publish: capped, checked by content, pictures made anew, never shown in place."""

from __future__ import annotations

import io
import re
import zlib
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from PIL import Image, UnidentifiedImageError

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
COVER = (640, 900)
#: Objects of a newer PDF are packed; so much is unpacked to find how many pages it has.
MOST_UNPACKED = 4 * 1024 * 1024

_PAGES = re.compile(rb"/Type\s*/Pages\b[^<>]{0,2000}?/Count\s+(\d{1,5})\b")
_PAGES_TURNED = re.compile(rb"/Count\s+(\d{1,5})\b[^<>]{0,2000}?/Type\s*/Pages\b")
_PACKED = re.compile(rb"/Type\s*/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)


def clean_pdf(upload: UploadedFile) -> ContentFile:
    """A PDF, unchanged. Raises ValidationError with what is taken."""
    content = _content(upload)
    if PurePath(upload.name or "").suffix.lower() != ".pdf" or not content.startswith(b"%PDF-"):
        raise ValidationError("Choose a PDF. From Word or LibreOffice: save or export as PDF.")
    return ContentFile(content, name="publication.pdf")


def clean_cover(upload: UploadedFile) -> ContentFile:
    """A JPEG or PNG, drawn anew at the size of a cover, so that nothing foreign stays in it."""
    content = _content(upload)
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(
                    "The picture is too large. A cover of 640 dots across will do."
                )
            drawn = io.BytesIO()
            small = picture.convert("RGB")
            small.thumbnail(COVER)
            small.save(drawn, "JPEG", quality=85)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError("This picture cannot be read. Save it as JPEG or PNG.") from error
    return ContentFile(drawn.getvalue(), name="cover.jpg")


def pages_of(content: bytes) -> int | None:
    """How many pages a PDF says it has; None where it cannot be read off. Never trusted further."""
    counts = _counts(content)
    for packed in _PACKED.finditer(content):
        try:
            body = zlib.decompressobj().decompress(content[packed.end() :], MOST_UNPACKED)
        except zlib.error:
            continue
        counts += _counts(body)
    return max(counts, default=0) or None


def _counts(content: bytes) -> list[int]:
    return [int(found) for shape in (_PAGES, _PAGES_TURNED) for found in shape.findall(content)]


def as_attachment(stored: FieldFile, name: str, content_type: str) -> FileResponse:
    """The file as a download: a browser never shows it as a page of this site.

    Raises Http404 where the file is not on the disk.
    """
    try:
        opened = stored.open("rb")
    except FileNotFoundError as lost:
        raise Http404("The file is not there.") from lost
    response = FileResponse(opened, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _content(upload: UploadedFile) -> bytes:
    if upload.size > MOST_BYTES:
        raise ValidationError(f"The file is too large: at most {MOST_BYTES // 1024 // 1024} MB.")
    return upload.read()
