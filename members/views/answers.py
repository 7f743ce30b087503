"""How a refusal of a service comes back to the person: beside its field, with what they typed."""

from __future__ import annotations

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


def refuse(form: forms.Form, refusal: ValidationError) -> None:
    """Puts a service's sentences on the form, at their fields where the form has them."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        known = name if name in form.fields and name != NON_FIELD_ERRORS else None
        form.add_error(known, errors)
