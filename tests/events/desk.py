"""Steps that tests of the staff's pages take."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

DATE = dt.date(2016, 9, 10)


def url(name, *args):
    return reverse(f"admin:events_{name}", args=args)


def posted(client, where, data, follow=True):
    return client.post(where, data, follow=follow)


def form_of(response):
    """What a browser would send back from the page's main form, unchanged."""
    data = {}
    context = response.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, tuple):
                data[field.html_name], data[f"{field.html_name}_which"] = value
            elif value is not None and value is not False:
                data[field.html_name] = value
    return data
