"""A carer or personal assistant who comes with a person, asked for in that person's panel.

Nobody is asked why: what a person needs is told to the access officer alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from registrations.orders import PlaceWish
from registrations.priced_fields import ExtrasField, PassField, PricedCheckboxes
from registrations.selling import Offer, for_carers
from registrations.wording import short_label

CARER_FIELDS = ("carer", "carer_name", "carer_email", "carer_extras")


class CarerFields(forms.Form):
    """The carer's part of a person's panel; without a carer's pass on sale nothing is asked."""

    carer = PassField(
        label="Does somebody come to support this person?",
        help_text="Their own place costs nothing and is no place of the delegation.",
        widget=forms.RadioSelect,
        required=False,
    )
    carer_name = forms.CharField(
        label="Full name of the carer or assistant",
        max_length=150,
        required=False,
        help_text="Leave empty if the name is not yet known.",
    )
    carer_email = forms.EmailField(label="Their e-mail address", required=False)
    carer_extras = ExtrasField(label="Add for them", widget=PricedCheckboxes, required=False)

    def __init__(
        self, *args: Any, carers: Sequence[Offer], extras: Sequence[Offer], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not carers:
            for name in CARER_FIELDS:
                del self.fields[name]
            return
        self.fields["carer"].offer(carers, label=short_label)
        self.fields["carer"].choices = [("", "Nobody"), *self.fields["carer"].choices]
        if extras:
            self.fields["carer_extras"].offer(for_carers(extras))
        else:
            del self.fields["carer_extras"]

    @property
    def carer_fields(self) -> list[forms.BoundField]:
        """What follows the question, for the template."""
        return [self[name] for name in CARER_FIELDS if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Whatever was typed about a carer asks for one; it is never dropped in silence."""
        cleaned = super().clean()
        typed = any(cleaned.get(name) for name in CARER_FIELDS[1:])
        if typed and not cleaned.get("carer") and "carer" in self.fields:
            self.add_error("carer", "Say whether a carer comes, or empty what you typed of them.")
        return cleaned

    def carer_wishes(self, comes_with: int) -> list[PlaceWish]:
        """The carer's place, bound to the number of the person's; none when nobody is asked for."""
        typed = self.cleaned_data
        if not typed.get("carer"):
            return []
        return [
            PlaceWish(
                pass_type=typed["carer"],
                extras=typed.get("carer_extras", ()),
                name=typed.get("carer_name", ""),
                email=typed.get("carer_email", ""),
                comes_with=comes_with,
            )
        ]


def initial_of(wish: PlaceWish) -> Mapping[str, Any]:
    """A carer's wish as what the panel showed of it."""
    return {
        "carer": str(wish.pass_type.pk),
        "carer_name": wish.name,
        "carer_email": wish.email,
        "carer_extras": [str(extra.pk) for extra in wish.extras],
    }
