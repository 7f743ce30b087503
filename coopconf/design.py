"""The living page of components, for people who build pages. Development and tests only."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clock import LONDON


class SampleForm(forms.Form):
    """One of every kind of field."""

    body = forms.ChoiceField(
        label="Which body do you act for?",
        choices=[("", "Choose one"), ("1", "Birmingham Party Council"), ("2", "Midcounties")],
    )
    title = forms.CharField(label="Title", help_text="Not counted in the 300 words.")
    text = forms.CharField(label="Text of the motion", widget=forms.Textarea)
    email = forms.EmailField(label="E-mail address", required=False)
    passed_on = forms.DateField(
        label="When did your meeting pass it?",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    scan = forms.FileField(label="Scan of the paper form", required=False)
    dinner = forms.ChoiceField(
        label="Conference Dinner",
        choices=[("yes", "Yes, with the dinner (£155)"), ("no", "No, without the dinner (£110)")],
        widget=forms.RadioSelect,
        help_text="Saturday 10 September 2016, 19:00 UK time.",
    )
    days = forms.MultipleChoiceField(
        label="Which days will you come?",
        choices=[("fri", "Friday"), ("sat", "Saturday"), ("sun", "Sunday")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(
        label="I have read the statement of conduct",
        error_messages={"required": "Tick the box when you have read the statement of conduct."},
    )


def _london(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=LONDON)


AT = _london(2016, 6, 20, 10, 0)
STEPS = ["Who and what", "Extras", "Check and send"]


def sample_context() -> dict[str, Any]:
    """Every component's parameters in every state, as seen on Monday 20 June 2016."""
    refused = SampleForm({"email": "not an address", "title": ""})
    return {
        "empty_form": SampleForm(),
        "form": refused,
        "at": AT,
        "opens": _london(2016, 7, 4, 9, 0),
        "soon": _london(2016, 6, 21, 0, 0),
        "later": _london(2016, 7, 1, 0, 0),
        "hour": _london(2016, 6, 20, 17, 0),
        "gone": _london(2016, 4, 5, 0, 0),
        "first": dt.date(2016, 9, 9),
        "last": dt.date(2016, 9, 11),
        **_prices(),
        "answers": [
            {"label": "Name", "value": "Siân Ŵyn-Jones", "change_url": "#"},
            {
                "label": "Body",
                "value": "Birmingham, Solihull and Tamworth Party Council",
                "change_url": "#",
            },
            {"label": "Price", "value": "£90.00\nEarly price, fixed when you send this"},
            {"label": "Access needs", "value": "", "change_url": "#"},
        ],
        "steps": STEPS,
        "page_obj": Paginator(range(75), 25).page(2),
        "crumbs": [
            {"label": "Conferences", "url": "/"},
            {"label": "Annual Conference 2016", "url": "#"},
        ],
    }


def _prices() -> dict[str, Any]:
    """A price table's bands and rows."""
    return {
        "bands": [
            {"name": "Early", "when": "to Thursday 30 June 2016", "is_current": True},
            {"name": "Standard", "when": "to Monday 22 August 2016"},
        ],
        "rows": [
            {"name": "Delegate", "prices": [Decimal(90), Decimal(110)]},
            {
                "name": "Delegate with dinner",
                "note": "Saturday evening",
                "prices": [Decimal(135), Decimal(155)],
            },
            {"name": "Visitor", "prices": [None, Decimal("47.50")]},
            {"name": "Carer or personal assistant", "prices": [Decimal(0), Decimal(0)]},
        ],
    }


@login_not_required
@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Every component in every state on one page."""
    messages.success(request, "Your motion was sent. The receipt is on its way to your body.")
    messages.warning(request, "Two invisible characters were taken out of the text you pasted.")
    messages.error(request, "The early price ended while you were filling this in. It is now £110.")
    return render(request, "design.html", sample_context())


@login_not_required
@require_safe
def design_of_a_conference(request: HttpRequest) -> HttpResponse:
    """The parts together, as a page of the site would use them."""
    return render(request, "design_conference.html", sample_context())
