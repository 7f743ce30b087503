"""Nobody on the staff gets further in the admin than their role by what they post or ask for.

Made from the admin's registry, so that a table that is registered tomorrow is asked too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

import clock
from mailing.models import Mail
from members.models import User
from members.personal_data import register
from members.roles import Role
from tests.factories import sign_in
from tests.hostile import snapshots
from tests.hostile.garbage import Form
from tests.hostile.planting import planted
from tests.hostile.walking import this_half
from tests.hostile.world import AT, World, make_world

pytestmark = pytest.mark.django_db
ROLES = [role.value for role in Role]
MODELS = list(admin.site._registry)
LABELS = [model._meta.label for model in MODELS]


@pytest.fixture
def world() -> Iterator[World]:
    with clock.frozen(AT):
        yield make_world()


def client_of(world: World, who: str) -> Client:
    return sign_in(Client(), world.people[who])


def url(model: type[models.Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def may(world: World, who: str, model: type[models.Model], deed: str, row: Any = None) -> bool:
    """What the admin class itself says of this person."""
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=world.people[who].pk)
    ask = getattr(admin.site._registry[model], f"has_{deed}_permission")
    return bool(ask(request) if deed == "add" else ask(request, row))


# Posting where one may not


@pytest.mark.parametrize("who", ROLES)
def test_role_that_may_not_is_refused_and_changes_nothing(world, who) -> None:
    """Change, add, delete, the list's own deletion, history: by a role without the right to it."""
    client = client_of(world, who)
    known = snapshots.keys()
    before = snapshots.taken(known)
    more = planted(Form("", "post"))
    wrong = {}
    for model in this_half(MODELS):
        row = model._base_manager.order_by("pk").first()
        label = model._meta.label
        posts = [
            ("change", url(model, "change", row.pk), {**more, "_popup": "1"}),
            ("add", url(model, "add"), {**more, "_popup": "1"}),
            ("delete", url(model, "delete", row.pk), {"post": "yes"}),
        ]
        for deed, path, sent in posts:
            if not may(world, who, model, deed, row):
                wrong[label, deed] = client.post(path, sent).status_code
        if not may(world, who, model, "view", row):
            wrong[label, "history"] = client.get(url(model, "history", row.pk)).status_code
            wrong[label, "list"] = client.get(url(model, "changelist")).status_code
        if not may(world, who, model, "delete"):
            rows = [str(pk) for pk in model._base_manager.values_list("pk", flat=True)]
            sent = {"action": "delete_selected", "_selected_action": rows, "post": "yes"}
            client.post(url(model, "changelist"), sent)
    assert {asked: status for asked, status in wrong.items() if status != 403} == {}
    assert snapshots.differences(before, snapshots.taken(known)) == {}
    assert wrong


def test_tables_that_each_role_may_change_are_these(world) -> None:
    """A new right is given on purpose: whoever gives it writes it here."""
    found = {
        who: {model._meta.label for model in MODELS if may(world, who, model, "change")}
        for who in ROLES
    }
    assert (
        found["auditor"] == found["data protection officer"] == found["safeguarding lead"] == set()
    )
    assert {who for who, labels in found.items() if "members.User" in labels} == {"administrator"}
    assert {who for who, labels in found.items() if "members.Office" in labels} == {"administrator"}
    assert {who for who, labels in found.items() if "events.Conference" in labels} == {
        "administrator",
        "programme editor",
    }


def test_own_roles_are_not_raised_by_whoever_edits_something_else(world) -> None:
    for who in ROLES:
        if who == "administrator":
            continue
        person = world.people[who]
        held = set(person.groups.values_list("name", flat=True))
        sent = {"name": "Me", "roles": ["administrator"], "is_superuser": "on", "groups": ["1"]}
        answer = client_of(world, who).post(url(User, "change", person.pk), sent)
        assert answer.status_code == 403
        person.refresh_from_db()
        assert (person.is_superuser, set(person.groups.values_list("name", flat=True))) == (
            False,
            held,
        )


def test_administrator_makes_no_superuser_by_posting_it(world) -> None:
    member = world.people["member"]
    sent = {"name": "Meg", "is_superuser": "on", "is_staff": "on", "groups": ["1"], "password": "x"}
    client_of(world, "administrator").post(url(User, "change", member.pk), sent)
    member.refresh_from_db()
    assert (member.is_superuser, member.is_staff, member.groups.count()) == (False, False, 0)


# Asking what is not shown


def refused(client: Client, path: str, query: dict[str, str]) -> bool:
    """400, and never a list that was filtered by it."""
    return client.get(f"{path}?{urlencode(query)}").status_code == 400


def columns_not_offered(model: type[models.Model]) -> Iterator[str]:
    """Every column of the table and of those one step away, but what its filters offer."""
    offered = {
        one[0] if isinstance(one, list | tuple) else one
        for one in admin.site._registry[model].list_filter
    }
    for column in model._meta.concrete_fields:
        if column.name not in offered and not column.primary_key:
            yield column.name
        if column.is_relation:
            for further in column.related_model._meta.concrete_fields:
                if not further.primary_key and f"{column.name}__{further.name}" not in offered:
                    yield f"{column.name}__{further.name}"


@pytest.mark.parametrize("model", MODELS, ids=LABELS)
def test_list_is_not_filtered_by_what_it_does_not_offer(world, model) -> None:
    client, path = client_of(world, "everything"), url(model, "changelist")
    asked = [f"{name}__startswith" for name in columns_not_offered(model)]
    assert [one for one in asked if not refused(client, path, {one: "a"})] == []
    assert refused(client, path, {"pk__gt": "0", "nothing__like__it": "1"})


def test_code_in_a_mail_and_hash_of_a_password_cannot_be_asked_for_letter_by_letter(world) -> None:
    auditor = client_of(world, "auditor")
    assert refused(auditor, url(Mail, "changelist"), {"text__contains": "ABC"})
    assert refused(auditor, url(User, "changelist"), {"password__startswith": "argon2"})


@pytest.mark.parametrize("model", MODELS, ids=LABELS)
def test_filters_that_a_list_offers_still_answer(world, model) -> None:
    client, path = client_of(world, "everything"), url(model, "changelist")
    listed = client.get(path).context["cl"]
    choices = {
        choice["query_string"]
        for spec in listed.filter_specs
        for choice in spec.choices(listed)
        if "query_string" in choice
    }
    assert {query: client.get(path + query).status_code for query in choices} == dict.fromkeys(
        choices, 200
    )


@pytest.mark.parametrize("model", MODELS, ids=LABELS)
def test_popup_hands_out_no_column_but_the_key(world, model) -> None:
    """`_to_field` would have a list or a form answer with any column, a hash for one."""
    client = client_of(world, "everything")
    row = model._base_manager.order_by("pk").first()
    pages = [url(model, "changelist"), url(model, "change", row.pk)]
    names = [column.name for column in model._meta.concrete_fields if not column.primary_key]
    answers = {
        (page, name): client.get(page, {"_popup": "1", "_to_field": name}).status_code
        for page in pages
        for name in names
    }
    assert {asked: status for asked, status in answers.items() if status != 400} == {}


@pytest.mark.parametrize("who", ROLES)
def test_search_of_a_choice_answers_those_alone_who_may_read_its_table(world, who) -> None:
    client = client_of(world, who)
    wrong = {}
    for model in (*MODELS, *(entry.model for entry in register())):
        for column in model._meta.concrete_fields:
            if not column.is_relation:
                continue
            asked = {
                "app_label": model._meta.app_label,
                "model_name": model._meta.model_name,
                "field_name": column.name,
            }
            status = client.get(reverse("admin:autocomplete"), asked).status_code
            target = column.related_model
            readable = target in MODELS and may(world, who, target, "view")
            if status == 200 and not readable:
                wrong[column] = status
    assert wrong == {}


def test_confidential_needs_are_reached_from_no_other_list(world) -> None:
    for who in ("registrations officer", "finance", "administrator"):
        client = client_of(world, who)
        path = url(type(world.mine), "changelist")
        assert refused(client, path, {"places__needs__access__icontains": "ramp"})
