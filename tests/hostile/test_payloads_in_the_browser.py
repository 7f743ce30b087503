"""Pages full of payloads in a real browser: no dialog, no violation of the policy, no other host.

What the browser itself complains of is told by the fixture that watches every page.
"""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.hostile.test_payloads import Payloads
from tests.hostile.world import AT, World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _pages(world: World) -> dict[str, list[str]]:
    conference = world.conference.slug
    motion = {"slug": conference, "pk": world.motion_draft.pk}
    return {
        "officer": [
            "/",
            reverse("events:conference", args=[conference]),
            reverse("events:programme", args=[conference]),
            reverse("members:body", args=[world.body.slug]),
            reverse("motions:list", args=[conference]),
            reverse("motions:edit", kwargs=motion),
            reverse("motions:preview", kwargs=motion),
            reverse("registrations:booking", args=[world.theirs.reference]),
            reverse("registrations:draft_places", args=[world.booking_draft.reference]),
        ],
        "everything": [
            reverse("admin:registrations_booking_changelist"),
            reverse("admin:registrations_booking_change", args=[world.theirs.pk]),
            reverse("admin:members_organisation_history", args=[world.body.pk]),
            reverse("admin:motions_motion_change", args=[world.motion_sent.pk]),
            reverse("admin:mailing_mail_change", args=[world.mail.pk]),
        ],
    }


@pytest.mark.parametrize("person", ["officer", "everything"])
def test_page_full_of_payloads_opens_no_dialog(at, page_1280, sign_in, person) -> None:
    at(AT)
    world = make_world(Payloads())
    dialogs: list[str] = []
    page_1280.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    sign_in(page_1280, world.people[person], second_factor=person == "everything")
    for path in _pages(world)[person]:
        assert page_1280.goto(path).status == 200, path
        assert page_1280.locator("xq7").count() == 0
    assert dialogs == []
