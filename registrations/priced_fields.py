"""Passes and extras as choices with their prices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from registrations.models import Extra, PassType
from registrations.selling import Offer
from registrations.wording import offer_label


class _Priced:
    """Adds each option's price for the running total, and shuts the ones that cannot be booked."""

    offers: dict[str, Offer] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        offer = self.offers.get(str(value))
        if offer is not None and offer.is_available:
            option["attrs"]["data-amount"] = str(offer.price.amount)
        elif offer is not None and not option["selected"]:
            option["attrs"]["disabled"] = True
        return option


class PricedRadio(_Priced, forms.RadioSelect):
    """Radio buttons with prices."""


class PricedCheckboxes(_Priced, forms.CheckboxSelectMultiple):
    """Tick boxes with prices."""


class PricedSelect(_Priced, forms.Select):
    """A drop-down with prices."""


class PassField(forms.ChoiceField):
    """One of the passes offered; cleaned to the PassType."""

    def offer(
        self, offers: Sequence[Offer], *, label: Callable[[Offer], str] = offer_label
    ) -> None:
        """Show these, priced. Those not available stay valid: the service says why not."""
        self.by_key = {str(offer.item.pk): offer for offer in offers}
        self.choices = [(key, label(offer)) for key, offer in self.by_key.items()]
        self.widget.offers = self.by_key

    def clean(self, value: Any) -> PassType | None:
        key = super().clean(value)
        return self.by_key[key].item if key else None


class ExtrasField(forms.MultipleChoiceField):
    """Any of the extras offered; cleaned to a tuple of Extras."""

    def offer(self, offers: Sequence[Offer]) -> None:
        """Show these, priced."""
        self.by_key = {str(offer.item.pk): offer for offer in offers}
        self.choices = [(key, offer_label(offer)) for key, offer in self.by_key.items()]
        self.widget.offers = self.by_key

    def clean(self, value: Any) -> tuple[Extra, ...]:
        return tuple(self.by_key[key].item for key in dict.fromkeys(super().clean(value)))
