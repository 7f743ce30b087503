"""The commands that load, check and write conference files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from events.files.loading import load
from events.models import Conference, Imprint
from tests.factories import AT

SHIPPED = sorted((Path(__file__).parents[2] / "events" / "conferences").rglob("*.yaml"))
SMALL = "slug: small\ntitle: Small\nkind: other\n"


def command(*args: Any) -> None:
    call_command(*args, stdout=Discard())


class Discard:
    def write(self, text: str) -> None:
        pass


@pytest.mark.django_db
def test_load_conference_with_one_bad_file_keeps_none_and_names_it(tmp_path):
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(SMALL)
    bad.write_text("slug: b\ntitle: B\nkind: nothing\n")
    with pytest.raises(CommandError) as caught:
        command("load_conference", str(good), str(bad))
    assert f"{bad}: line 3, kind: ‘nothing’ is not one of" in str(caught.value)
    assert not Conference.objects.exists()


@pytest.mark.django_db
def test_load_conference_check_keeps_nothing(tmp_path):
    path = tmp_path / "good.yaml"
    path.write_text(SMALL)
    command("load_conference", str(path), "--check")
    assert not Conference.objects.exists()


@pytest.mark.django_db
def test_load_conference_of_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        command("load_conference", str(tmp_path / "none.yaml"))


@pytest.mark.django_db
def test_load_conferences_twice_loads_once_and_keeps_what_staff_edited(
    django_assert_max_num_queries,
):
    command("load_conferences")
    assert Conference.objects.count() == len(SHIPPED)
    assert Imprint.objects.count() == 1
    Conference.objects.filter(slug="annual-2016").update(theme="Edited")
    with django_assert_max_num_queries(5):  # on PostgreSQL one of them asks for the time
        command("load_conferences")
    assert Conference.objects.get(slug="annual-2016").theme == "Edited"


@pytest.mark.django_db
def test_annual_conference_2016_has_the_dates_that_were_published():
    command("load_conferences")
    conference = Conference.objects.get(slug="annual-2016")
    assert {door.kind: str(door.closes_on) for door in conference.deadlines.all()} == {
        "organisational_motions": "2016-04-04",
        "early_price": "2016-06-30",
        "amendments": "2016-08-01",
        "policy_submissions": "2016-08-01",
        "cac_nominations": "2016-08-01",
        "recognition_awards": "2016-08-01",
        "delegate_registration": "2016-08-22",
    }
    assert [(str(day.date), [each.title for each in day.sessions.all()]) for day in
            conference.days.all()] == [
        ("2016-09-09", ["Conference Welcome Reception"]),
        ("2016-09-10", ["Conference Day 1", "Conference Dinner"]),
        ("2016-09-11", ["Conference Day 2", "Annual General Meeting"]),
    ]  # fmt: skip
    assert not conference.sessions.filter(starts_at__isnull=False).exists()
    assert not conference.deadlines.filter(opens_at__isnull=False).exists()


@pytest.mark.django_db
def test_write_conference_of_an_unknown_slug_names_those_there_are():
    load(by=None, text=SMALL, at=AT)
    with pytest.raises(CommandError, match="There is no conference nothing. There are: small."):
        command("write_conference", "nothing")
