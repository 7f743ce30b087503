"""The page on which staff type a code for somebody who sent it to them."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from members.limits import require_few
from registrations.admin.desk import page
from registrations.admin.places import of_a_place
from registrations.forms import explain, quoted
from registrations.models import Place
from registrations.services import reductions


class TypedCodeForm(forms.Form):
    """The code as it was mailed to the person."""

    code = forms.CharField(
        label="The code", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


@of_a_place
def use(request: HttpRequest, place: Place, site: AdminSite) -> HttpResponse:
    """Type a code, see what it takes off, confirm; why it was given is not asked and not shown."""
    form, found = TypedCodeForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        given = {"place": place, "typed": form.cleaned_data["code"], "at": request.at}
        try:
            require_few(request, "use_reduction")
            if "quoted" in request.POST:
                reductions.use_code(by=request.user, quoted=quoted(request.POST), **given)
                messages.success(request, "The reduction was taken off.")
                return redirect("admin:registrations_booking_change", place.booking_id)
            found = reductions.quote(**given)
        except ValidationError as refusal:
            explain(form, refusal)
    return page(
        request,
        site,
        place.booking,
        form,
        "Use a code",
        f"Place {place.position + 1}: {place}, {place.pass_type.name}. A code can be used once.",
        facts=[(line.description, f"£{off} comes off") for line, off in found.parts]
        if found
        else [],
        quoted=found.total if found else None,
        button="Use the code" if found else "See what it takes off",
        is_review=found is not None,
    )
