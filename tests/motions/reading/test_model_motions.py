"""Model motions of campaigns: offered, taken as a start, shown as such with what was changed."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from members.roles import Role
from motions.models import ModelMotion, Motion
from motions.services.drafting import start_draft
from tests.factories import (
    AT,
    make_appointment,
    make_conference,
    make_officer,
    make_society,
    make_staff,
    make_user,
    sign_in,
)
from tests.motions.make import key, make_call, make_motion

pytestmark = pytest.mark.django_db
TEXT = "Conference notes that high streets are in decline.\n\nConference resolves to buy the shops."


def make_model(**fields):
    facts = {"title": "Our high street", "campaign": "High street 2022", "text": TEXT}
    return ModelMotion.objects.create(**{**facts, **fields})


def begun(call, model, body=None):
    body = body or make_society()
    return start_draft(
        by=make_officer(body), call=call, organisation=body, at=AT, key=key(), model=model
    )


@pytest.fixture
def call(at):
    at("2016-03-14 12:00")
    return make_call()


def test_draft_begins_with_the_model_and_says_so_to_the_body(call, client):
    motion = begun(call, make_model())
    assert (motion.title, motion.draft_text) == ("Our high street", TEXT)
    assert motion.saves.get().text == TEXT
    sign_in(client, motion.created_by)
    said = client.get(reverse("motions:edit", args=[call.conference.slug, motion.pk]))
    assert "Begun from the model motion “Our high street”" in said.content.decode()


@pytest.mark.parametrize(
    ("fields", "is_offered"),
    [
        ({}, True),
        ({"offered_from": dt.date(2016, 3, 14), "offered_until": dt.date(2016, 3, 14)}, True),
        ({"offered_from": dt.date(2016, 3, 15)}, False),
        ({"offered_until": dt.date(2016, 3, 13)}, False),
    ],
)
def test_model_is_offered_on_its_days_alone(call, client, fields, is_offered):
    model = make_model(**fields)
    page = reverse("motions:model-motions", args=[call.conference.slug])
    assert (model.title in client.get(page).content.decode()) is is_offered
    if is_offered:
        assert begun(call, model).begun_from == model
    else:
        with pytest.raises(ValidationError) as refusal:
            begun(call, model)
        assert "no longer offered" in refusal.value.message_dict["model"][0]
        assert not Motion.objects.exists()


def test_model_of_another_conference_is_not_offered(call):
    with pytest.raises(ValidationError):
        begun(call, make_model(conference=make_conference()))
    assert begun(call, make_model(conference=call.conference)).begun_from is not None


def test_officer_takes_a_model_on_the_page_where_one_begins(call, client):
    model, body = make_model(), make_society()
    sign_in(client, make_officer(body))
    page = reverse("motions:begin", args=[call.conference.slug])
    form = client.get(page, {"model": model.pk}).context["form"]
    assert str(form["model"].value()) == str(model.pk)
    client.post(page, {"key": key(), "organisation": body.pk, "call": call.pk, "model": model.pk})
    assert Motion.objects.get().begun_from == model
    assert client.get(page, {"model": "nonsense"}).status_code == 200


def test_committee_and_everybody_see_the_model_and_what_the_body_changed(call, client):
    model = make_model()
    text = TEXT.replace("buy the shops", "buy the shops together")
    motion = make_motion(call, state="published", begun_from=model, draft_text=text)
    member = make_user()
    make_appointment(member, call.conference)
    sign_in(client, member)
    pages = [
        Client().get(motion.get_absolute_url()),
        client.get(reverse("motions:cac-motion", args=[call.conference.slug, motion.pk])),
    ]
    for page in pages:
        said = page.content.decode()
        assert "“Our high street” of the campaign “High street 2022”" in said
        assert '<span class="visually-hidden">[inserted:</span> together' in said


def test_body_that_changed_nothing_is_said_to_have_changed_nothing(call, client):
    motion = make_motion(call, state="published", begun_from=make_model(), draft_text=TEXT)
    said = client.get(motion.get_absolute_url()).content.decode()
    assert "changed nothing in its text" in said


def test_wording_that_was_taken_stays_and_one_not_taken_is_cleaned(client, call):
    editor = make_staff(Role.PROGRAMME_EDITOR)
    sign_in(client, editor)
    add = reverse("admin:motions_modelmotion_add")
    typed = {"campaign": "C", "title": "T", "text": "One\u200b.\r\n\r\nTwo."}
    client.post(add, typed)
    model = ModelMotion.objects.get()
    assert model.text == "One.\n\nTwo."
    begun(call, model)
    change = reverse("admin:motions_modelmotion_change", args=[model.pk])
    client.post(change, {**typed, "text": "Other.", "offered_until": "2016-12-31"})
    model.refresh_from_db()
    assert (model.text, model.offered_until) == ("One.\n\nTwo.", dt.date(2016, 12, 31))
