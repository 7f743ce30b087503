"""Files that people send: capped, checked by content, pictures made anew, never shown in place."""

from __future__ import annotations

import io
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from PIL import Image, ImageOps, UnidentifiedImageError

from motions.texts.docx.archive import WordFileRefused
from motions.texts.docx.reading import Understood, read

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
#: Of a portrait, the longer side in pixels.
PORTRAIT = 480
# what a file begins with, by the kind its name claims
DOCUMENTS = {".pdf": b"%PDF-", ".docx": b"PK\x03\x04", ".odt": b"PK\x03\x04"}
PICTURES = {".jpg", ".jpeg", ".png"}


# what to do with a file of a kind that is not read
INSTEAD = {
    ".doc": "This is the old Word format. Open it in Word, save it as .docx and upload that, or "
    "paste its text.",
    ".docm": "This document may hold macros. Save it as a plain .docx and upload that, or paste "
    "its text.",
    ".odt": "Open it in LibreOffice, save it as Word (.docx) and upload that, or paste its text.",
    ".pdf": "A PDF does not say where its paragraphs end. Upload the Word document it was made "
    "from, or copy its text and paste it.",
}


def read_word(upload: UploadedFile) -> Understood:
    """What a Word document says. Raises ValidationError with what to do where it is not read."""
    suffix = _suffix(upload)
    if suffix != ".docx":
        raise ValidationError(
            INSTEAD.get(
                suffix,
                "Only Word documents (.docx) are read. Open the file, copy its text and paste it.",
            )
        )
    try:
        return read(_content(upload))
    except WordFileRefused as error:
        raise ValidationError(str(error)) from error


def clean_document(upload: UploadedFile) -> ContentFile:
    """A PDF, Word or OpenDocument file, unchanged. Raises ValidationError with what is taken."""
    suffix = _suffix(upload)
    if suffix not in DOCUMENTS:
        raise ValidationError("Send a PDF, a Word document (.docx) or an OpenDocument text (.odt).")
    content = _content(upload)
    if not content.startswith(DOCUMENTS[suffix]):
        raise ValidationError(f"This file is not what its name says ({suffix}). Save it again.")
    return ContentFile(content, name=f"document{suffix}")


def clean_scan(upload: UploadedFile) -> ContentFile:
    """A PDF, or a picture that is drawn anew so that nothing foreign stays in it."""
    suffix = _suffix(upload)
    if suffix in PICTURES:
        return _redrawn(_content(upload))
    content = _content(upload)
    if suffix != ".pdf" or not content.startswith(DOCUMENTS[".pdf"]):
        raise ValidationError("A scan is a PDF, a JPEG or a PNG.")
    return ContentFile(content, name="scan.pdf")


def clean_portrait(upload: UploadedFile) -> ContentFile:
    """A photo drawn anew, upright and small: nothing foreign stays in it, nor where it was taken."""
    if _suffix(upload) not in PICTURES:
        raise ValidationError("A photo is a JPEG or a PNG. Save it as one of these and try again.")
    try:
        with Image.open(io.BytesIO(_content(upload)), formats=["JPEG", "PNG"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError("The photo is too large. Make it smaller and try again.")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((PORTRAIT, PORTRAIT))
            drawn = io.BytesIO()
            # a picture of its own: what the upload carried beside the picture is not copied
            Image.frombytes("RGB", upright.size, upright.tobytes()).save(drawn, "JPEG", quality=82)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError("This photo cannot be read. Choose another.") from error
    return ContentFile(drawn.getvalue(), name="photo.jpg")


def as_attachment(stored: object, name: str) -> FileResponse:
    """The file as a download: a browser never shows it as a page of this site."""
    response = FileResponse(
        stored.open("rb"),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _suffix(upload: UploadedFile) -> str:
    return PurePath(upload.name or "").suffix.lower()


def _content(upload: UploadedFile) -> bytes:
    if upload.size > MOST_BYTES:
        raise ValidationError(f"The file is too large: at most {MOST_BYTES // 1024 // 1024} MB.")
    return upload.read()


def _redrawn(content: bytes) -> ContentFile:
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError("The picture is too large. Scan it at 200 dots an inch.")
            drawn = io.BytesIO()
            picture.convert("RGB").save(drawn, "JPEG", quality=85)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError("This picture cannot be read. Scan it again.") from error
    return ContentFile(drawn.getvalue(), name="scan.jpg")
