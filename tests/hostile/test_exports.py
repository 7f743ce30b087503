"""Whatever leaves the site as a file of rows leaves an entry: who took how many of which table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

import clock
from members.models import AuditEntry, User
from tests.factories import sign_in
from tests.hostile.world import AT, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Iterator[World]:
    with clock.frozen(AT):
        yield make_world()


def is_download(answer) -> bool:
    return "attachment" in answer.headers.get("Content-Disposition", "")


def entries() -> list[tuple]:
    return list(
        AuditEntry.objects.filter(action__endswith=".exported").values_list(
            "actor", "object_type", "object_id", "after"
        )
    )


def actions() -> Iterator[tuple[type, str]]:
    """Every action of every list of the admin; Django's own deletion is no download."""
    for model, its_admin in admin.site._registry.items():
        for name in its_admin.actions or ():
            yield model, name if isinstance(name, str) else name.__name__


@pytest.mark.parametrize(("model", "action"), list(actions()), ids=str)
def test_action_that_hands_out_a_file_of_rows_leaves_an_entry(world, model, action) -> None:
    person = world.people["everything"]
    client = sign_in(Client(), person)
    rows = [str(pk) for pk in model._base_manager.values_list("pk", flat=True)]
    url = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")
    answer = client.post(url, {"action": action, "_selected_action": rows})
    left = [(person.pk, model._meta.label_lower, "", {"rows": len(rows)})]
    assert entries() == (left if is_download(answer) else [])


def test_walk_meets_every_kind_of_export() -> None:
    """The test above would pass if no action were found: these are known to hand out files."""
    exporting = {model._meta.label for model, name in actions() if name in ("export", "as_csv")}
    assert exporting >= {
        "members.Member",
        "members.AuditEntry",
        "registrations.Booking",
        "registrations.Interest",
    }


def test_person_handed_their_data_leaves_an_entry_with_counts_alone(world) -> None:
    person, asked = world.people["everything"], world.people["member"]
    client = sign_in(Client(), person)
    answer = client.post(reverse("admin:members_user_act", args=[asked.pk, "export"]))
    assert is_download(answer)
    ((actor, table, number, after),) = entries()
    assert (actor, table, number) == (person.pk, User._meta.label_lower, str(asked.pk))
    assert after["rows"]["members.user"] == 1
    assert asked.email not in str(after)
