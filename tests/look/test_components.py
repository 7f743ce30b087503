"""Components given facts show the right words."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.forms import formset_factory
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.html import strip_tags

from clock import LONDON
from coopconf.templatetags.page_parts import ErrorLink, error_links

AT = dt.datetime(2016, 6, 20, 10, 0, tzinfo=LONDON)
END_OF_JUNE = dt.datetime(2016, 7, 1, tzinfo=LONDON)


class MotionForm(forms.Form):
    title = forms.CharField(help_text="Not counted.")
    email = forms.EmailField(required=False, label="E-mail address")
    dinner = forms.ChoiceField(choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect)
    key = forms.CharField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(error_messages={"required": "Tick the box to go on."})

    def clean(self):
        raise forms.ValidationError("Motions closed while you were writing.")


def words(template: str, **context: object) -> str:
    """The visible words of a component, single-spaced."""
    return " ".join(strip_tags(render_to_string(f"components/{template}.html", context)).split())


def test_error_links_of_a_refused_form_name_field_and_target():
    assert error_links(MotionForm({"email": "nonsense"})) == [
        ErrorLink("Motions closed while you were writing.", ""),
        ErrorLink("Title: this field is required.", "id_title"),
        ErrorLink("Enter a valid email address.", "id_email"),
        ErrorLink("Dinner: this field is required.", "id_dinner_0"),
        ErrorLink("Key: this field is required.", ""),
        ErrorLink("Tick the box to go on.", "id_agreed"),
    ]


def test_error_link_of_a_question_keeps_the_question_mark():
    class BodyForm(forms.Form):
        body = forms.CharField(label="Which body do you act for?")

    assert error_links(BodyForm({})) == [
        ErrorLink("Which body do you act for? This field is required.", "id_body")
    ]


def test_error_links_of_a_formset_go_through_its_forms_in_order():
    class PlaceForm(forms.Form):
        name = forms.CharField()

    formset = formset_factory(PlaceForm, min_num=2, validate_min=True, extra=0)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": ""}
    )
    assert error_links(formset) == [
        ErrorLink("Please submit at least 2 forms.", ""),
        ErrorLink("Name: this field is required.", "id_form-0-name"),
    ]


@pytest.mark.parametrize("form", [None, MotionForm()])
def test_error_summary_of_an_unsent_form_is_not_there(form):
    assert words("error_summary", form=form) == ""


def test_error_summary_leads_to_the_fields():
    page = render_to_string("components/error_summary.html", {"form": MotionForm({})})
    assert '<a href="#id_title">Title: this field is required.</a>' in page
    assert 'role="alert"' in page
    assert "There is a problem" in page


def test_error_summary_of_a_services_refusal_needs_no_form():
    assert words("error_summary", errors=["All 100 places are taken."]) == (
        "There is a problem All 100 places are taken."
    )


def test_field_refused_ties_help_and_error_to_its_control_in_reading_order():
    form = MotionForm({})
    page = render_to_string("components/field.html", {"field": form["title"]})
    assert 'aria-describedby="id_title_helptext id_title_error"' in page
    assert 'aria-invalid="true"' in page
    order = [
        page.index(part) for part in ("<label", "id_title_helptext", "id_title_error", "<input")
    ]
    assert order == sorted(order)


def test_field_that_may_be_left_out_says_so_and_nothing_is_starred():
    form = MotionForm()
    assert words("field", field=form["email"]) == "E-mail address (optional)"
    assert words("field", field=form["title"]) == "Title Not counted."


def test_choice_field_refused_is_a_fieldset_whose_description_exists():
    page = render_to_string("components/field.html", {"field": MotionForm({})["dinner"]})
    assert '<fieldset aria-describedby="id_dinner_error">' in page
    assert 'id="id_dinner_error"' in page
    assert "<legend" in page


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "expected"),
    [
        (
            None,
            END_OF_JUNE,
            "Motions Open until the end of Thursday 30 June 2016, UK time Closes in 10 days "
            "Send one: Motions",
        ),
        (
            None,
            dt.datetime(2016, 6, 20, 17, 0, tzinfo=LONDON),
            "Motions Open until Monday 20 June 2016, 17:00 UK time Closes today at 17:00 "
            "Send one: Motions",
        ),
        (
            dt.datetime(2016, 6, 22, 9, 0, tzinfo=LONDON),
            END_OF_JUNE,
            "Motions Opens Wednesday 22 June 2016, 09:00 UK time "
            "Then open until the end of Thursday 30 June 2016, UK time Opens in 2 days",
        ),
        (
            None,
            AT,
            "Motions Closed since Monday 20 June 2016, 10:00 UK time Ask for the late list. Closed",
        ),
        (None, None, "Motions Closing date to be announced"),
    ],
)
def test_deadline_in_each_state_says_when_and_what_next(opens_at, closes_at, expected):
    assert expected == words(
        "deadline",
        what="Motions",
        opens_at=opens_at,
        closes_at=closes_at,
        at=AT,
        url="/motions/",
        action="Send one",
        after="Ask for the late list.",
    )


def test_price_table_shows_pounds_pence_only_where_there_are_any():
    assert words(
        "price_table",
        caption="What it costs",
        bands=[{"name": "Early", "when": "to 30 June", "is_current": True}],
        rows=[
            {"name": "Delegate", "prices": [Decimal("90.00")]},
            {"name": "Visitor", "prices": [Decimal("47.50")]},
            {"name": "Carer", "prices": [Decimal(0)]},
            {"name": "Youth", "prices": [None]},
        ],
    ) == (
        "What it costs Kind of place Early now to 30 June Delegate £90 Visitor £47.50 Carer free "
        "Youth not known"
    )


def test_summary_list_without_a_value_says_not_given():
    items = [
        {"label": "Name", "value": "", "change_url": "/x/"},
        {"label": "Price", "value": "£90"},
    ]
    assert words("summary_list", items=items) == "Name not given Change name Price £90"


def test_date_that_is_unknown_is_to_be_announced():
    assert words("date") == "to be announced"
    assert words("date", on=dt.date(2016, 9, 9)) == "Friday 9 September 2016"


def test_steps_mark_the_current_one_for_everybody():
    page = render_to_string(
        "components/steps.html", {"steps": ["Who", "Extras", "Send"], "current": 2}
    )
    assert "Step 2 of 3" in page
    assert page.count('aria-current="step"') == 1


def test_pagination_keeps_the_rest_of_the_query():
    request = RequestFactory().get("/past/?kind=annual&page=2")
    context = {"page_obj": Paginator(range(75), 25).page(2)}
    page = render_to_string("components/pagination.html", context, request)
    assert 'href="?kind=annual&amp;page=1"' in page
    assert 'href="?kind=annual&amp;page=3"' in page


def test_pagination_of_one_page_is_not_there():
    assert words("pagination", page_obj=Paginator(range(5), 25).page(1)) == ""


def test_text_that_people_typed_is_escaped_in_every_component():
    evil = "<script>alert(1)</script>"
    pages = [
        render_to_string("components/notice.html", {"title": evil, "text": evil, "what_now": evil}),
        render_to_string(
            "components/summary_list.html", {"items": [{"label": evil, "value": evil}]}
        ),
        render_to_string("components/empty.html", {"title": evil, "text": evil}),
        render_to_string("components/deadline.html", {"what": evil, "note": evil, "at": AT}),
        render_to_string("components/status_badge.html", {"word": evil}),
        render_to_string("components/error_summary.html", {"errors": [evil]}),
    ]
    assert [page for page in pages if "<script" in page] == []
