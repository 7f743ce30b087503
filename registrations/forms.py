"""The forms of registration. They check what was typed; the services decide the rest."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from members.models import Organisation, Region
from registrations import badge_codes
from registrations.carer_forms import CarerFields
from registrations.door_words import MISTYPED
from registrations.models import Booking, PassType, Scan
from registrations.priced_fields import (
    ExtrasField,
    PassField,
    PricedCheckboxes,
    PricedRadio,
    PricedSelect,
)
from registrations.selling import Offer
from registrations.wording import full_label, offer_label, short_label


class KeyForm(forms.Form):
    """What makes a form one booking, however often it is sent."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4


class MyselfForm(CarerFields):
    """Screen one of booking for oneself: who, which pass, which extras."""

    pass_type = PassField(label="Your pass", widget=PricedRadio)
    extras = ExtrasField(label="Add to it", widget=PricedCheckboxes, required=False)
    name = forms.CharField(
        label="Your full name",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Your e-mail address",
        help_text="For your reference and the link to your booking.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    access = forms.CharField(
        label="Access needs",
        required=False,
        max_length=1000,
        help_text="Only the access officer reads this. It is deleted after the conference.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    dietary = forms.CharField(
        label="Dietary needs",
        required=False,
        max_length=500,
        widget=forms.TextInput(),
    )
    payment_method = forms.ChoiceField(
        label="How will you pay?",
        choices=[
            ("invoice", "Send me an invoice"),
            ("bacs", "I will pay by bank transfer"),
            ("cheque", "I will send a cheque"),
        ],
        initial="invoice",
        widget=forms.RadioSelect,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        passes: Sequence[Offer],
        extras: Sequence[Offer],
        carers: Sequence[Offer] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, carers=carers, extras=extras, **kwargs)
        self.fields["pass_type"].offer(passes, label=full_label)
        if "carer" in self.fields:
            self.fields["carer"].label = "Does somebody come to support you?"
        open_passes = [offer for offer in passes if offer.is_available]
        if len(open_passes) == 1:
            self.fields["pass_type"].initial = str(open_passes[0].item.pk)
        if extras:
            self.fields["extras"].offer(extras)
        else:
            del self.fields["extras"]
        if all(offer.is_free for offer in [*passes, *extras] if offer.is_available):
            del self.fields["payment_method"]
        self.fields["key"].initial = uuid.uuid4


class CountField(forms.IntegerField):
    """How many; nothing typed is none, so that the field need not be called optional."""

    def clean(self, value: Any) -> int:
        return super().clean(value if value not in self.empty_values else 0)


class StartForm(forms.Form):
    """How many places of each pass a body wants to begin with."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, passes: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
        self.by_field = {f"number_{offer.item.pk}": offer for offer in passes if offer.is_available}
        for name, offer in self.by_field.items():
            self.fields[name] = CountField(
                label=offer_label(offer),
                min_value=0,
                max_value=50,
                initial=1 if len(self.by_field) == 1 else 0,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not self.passes():
            first = next(iter(self.by_field), None)
            self.add_error(first, "Say how many places you would like.")
        return cleaned

    def passes(self) -> list[PassType]:
        """Each pass as often as it was asked for."""
        return [
            offer.item
            for name, offer in self.by_field.items()
            for _ in range(self.cleaned_data.get(name) or 0)
        ]


class PlaceForm(CarerFields):
    """One person's panel in a body's booking."""

    pass_type = PassField(label="Pass", widget=PricedSelect)
    name = forms.CharField(
        label="Full name",
        max_length=150,
        required=False,
        help_text="Leave empty if the name is not yet known.",
    )
    email = forms.EmailField(label="E-mail address", required=False)
    extras = ExtrasField(label="Add to it", widget=PricedCheckboxes, required=False)

    def __init__(
        self,
        *args: Any,
        passes: Sequence[Offer],
        extra_offers: Sequence[Offer],
        carers: Sequence[Offer] = (),
        **kwargs: Any,
    ) -> None:
        kwargs["empty_permitted"] = False
        # an added panel counts even when nothing was typed in it: then its pass is asked for
        super().__init__(*args, carers=carers, extras=extra_offers, **kwargs)
        self.fields["pass_type"].offer(passes, label=short_label)
        if extra_offers:
            self.fields["extras"].offer(extra_offers)
        else:
            del self.fields["extras"]


PlaceFormSet = forms.formset_factory(PlaceForm, extra=0, can_delete=True, max_num=50)


class PaymentForm(forms.ModelForm):
    """How a body's booking is paid, and whom we write to."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Booking
        fields = [
            "contact_name",
            "contact_email",
            "contact_phone",
            "payment_method",
            "bill_to",
            "purchase_order",
        ]
        labels = {
            "contact_name": "Whom we write to",
            "contact_email": "Their e-mail address",
            "contact_phone": "Their phone",
            "bill_to": "Name and address for the invoice",
            "purchase_order": "Purchase order number",
        }
        widgets = {"bill_to": forms.Textarea(attrs={"rows": 4})}

    payment_method = forms.ChoiceField(
        label="How will it be paid?",
        choices=[
            ("invoice", "Send an invoice"),
            ("bacs", "We will pay by bank transfer"),
            ("cheque", "We will send a cheque"),
            ("grant", "Deduct it from our grant"),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("contact_name", "contact_email"):
            self.fields[name].required = True
        self.fields["version"].initial = self.instance.version
        self.initial["payment_method"] = self.instance.payment_method or "invoice"
        if self.instance.organisation.kind == Organisation.Kind.SOCIETY:
            choices = self.fields["payment_method"].choices
            self.fields["payment_method"].choices = [row for row in choices if row[0] != "grant"]

    def _post_clean(self) -> None:
        """The service writes and checks the row; the form only reads what was typed."""


class NameForm(forms.Form):
    """Who comes."""

    name = forms.CharField(label="Full name", max_length=150)
    email = forms.EmailField(label="E-mail address", required=False)


class RenameForm(NameForm):
    """Who comes on a place that had a name: nothing else tells a correction from a substitution."""

    who = forms.ChoiceField(
        label="What has changed?",
        choices=[
            (
                "other",
                "Somebody else comes instead. Whatever we were told of the former person's access "
                "and dietary needs is deleted.",
            ),
            ("same", "The same person comes, and the name or address is corrected."),
        ],
        # of the two mistakes the one that leaves somebody's needs and sign-in to another is worse
        initial="other",
        widget=forms.RadioSelect,
    )
    carers_stay = forms.BooleanField(
        label="If somebody else comes: the carer's place stays with the new person",
        help_text="Unticked, it is cancelled with the place of the former person.",
        required=False,
    )
    field_order = ("who", "name", "email", "carers_stay")

    def __init__(self, *args: Any, has_carer: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_carer:
            del self.fields["carers_stay"]


class CodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(
        label="The six figures from the mail",
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class ScanForm(forms.Form):
    """One badge shown at a door."""

    code = forms.CharField(
        label="Code on the badge",
        max_length=60,
        help_text="Eight letters and figures, such as K7M4-9XQ2.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    direction = forms.ChoiceField(
        choices=Scan.Direction.choices, initial=Scan.Direction.IN, widget=forms.HiddenInput
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_code(self) -> str:
        code = badge_codes.tidy(self.cleaned_data["code"])
        if badge_codes.is_mistyped(code):
            raise ValidationError(MISTYPED, code="mistyped")
        return code


class InstantForm(forms.Form):
    """The instant a report is asked for, on London's clock."""

    at = forms.DateTimeField(
        label="As it was at (UK time)",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class AddressForm(forms.Form):
    """'Send me my links again'."""

    email = forms.EmailField(
        label="The e-mail address you booked with",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class InterestForm(forms.Form):
    """'Register your interest', for members and supporters."""

    name = forms.CharField(
        label="Your full name",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Your e-mail address", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    region = forms.ModelChoiceField(
        label="Your nation or region",
        queryset=Region.objects.all(),
        required=False,
        empty_label="Choose if you like",
    )
    is_member = forms.BooleanField(
        label="I am a member of the Co-operative Party",
        required=False,
        help_text="Supporters who are not members are just as welcome.",
    )
    wants_marketing = forms.BooleanField(required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, marketing_words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wants_marketing"].label = marketing_words
        self.fields[
            "wants_marketing"
        ].help_text = "Not needed for this conference. You can take it back at any time."
        self.fields["key"].initial = uuid.uuid4


def quoted(data: Mapping[str, str]) -> Decimal:
    """The price that was on the screen; nonsense counts as no price at all and is asked again."""
    try:
        return Decimal(data.get("quoted", "")).quantize(Decimal("0.01"))
    except InvalidOperation:
        return Decimal(-1)


def explain(form: forms.BaseForm, refusal: ValidationError) -> None:
    """Put a service's refusal at the top of the form, with what was typed kept."""
    form.add_error(None, ValidationError(refusal.messages))
