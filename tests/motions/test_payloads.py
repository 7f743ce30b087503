"""What people type is shown as they typed it, on every page and mail, and does nothing."""

import pytest
from django.urls import reverse

from mailing.models import Mail
from members.roles import Role
from motions.models import Motion, RulingReason
from motions.services import ruling
from motions.services.drafting import Wording, save_draft
from motions.services.sending import submit
from tests.factories import (
    AT,
    make_appointment,
    make_officer,
    make_society,
    make_staff,
    make_user,
    sign_in,
)
from tests.motions.make import key, make_call, make_motion

pytestmark = pytest.mark.django_db

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><iframe src=javascript:alert(1)>",
    "{{ settings.SECRET_KEY }} {% debug %}",
    "javascript:alert(1)//",
    "<a href='javascript:alert(1)'>click</a>",
    "--><!--#exec cmd='id'-->",
    "&lt;b&gt;twice&lt;/b&gt;",
]
DANGEROUS = (
    "<script>alert",
    "<img src=x",
    "<svg/onload",
    "<iframe",
    "<a href='javascript",
    "<!--#exec",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_motion_with_a_payload_in_every_field_is_shown_literally_everywhere(client, at, payload):
    at("2016-03-14 12:00")
    body = make_society(f"Body {payload}"[:150])
    officer = make_officer(body, user=make_user(name=payload))
    motion = make_motion(
        make_call(name=payload, introduction=payload), organisation=body, by=officer
    )
    wording = Wording(
        title=payload,
        text=f"{payload}\n\n- {payload}",
        mover=payload,
        seconder=payload,
        names_consent=True,
        meeting_name=payload,
    )
    save_draft(by=officer, motion=motion, version=1, wording=wording, at=AT)
    sign_in(client, officer)
    slug = motion.conference.slug
    own = [
        reverse(f"motions:{name}", args=[slug, motion.pk]) for name in ("edit", "preview", "motion")
    ]
    looked_at = [client.get(page).content.decode() for page in own]
    receipt = submit(by=officer, motion=motion, version=2, at=AT, key=key())
    reason = RulingReason.objects.create(name=payload[:80], words=payload)
    motion.refresh_from_db()
    ruling.rule(
        by=make_user(),
        motion=motion,
        version=motion.current_version,
        verdict="in_order",
        reason=reason,
        words=payload,
        at=AT,
    )
    looked_at += [
        client.get(reverse("motions:receipt", args=[slug, receipt.number])).content.decode(),
        client.get(own[2]).content.decode(),
        client.get(reverse("motions:list", args=[slug])).content.decode(),
    ]
    member = make_user()
    make_appointment(member, motion.conference)
    sign_in(client, member)
    looked_at.append(client.get(reverse("motions:cac", args=[slug])).content.decode())
    looked_at.append(
        client.get(reverse("motions:cac-motion", args=[slug, motion.pk])).content.decode()
    )
    Motion.objects.update(state="published", published_at=AT)
    client.logout()
    looked_at.append(client.get(motion.get_absolute_url()).content.decode())
    looked_at.append(client.get(motion.conference.get_absolute_url()).content.decode())
    sign_in(client, make_staff(Role.PROGRAMME_EDITOR))
    for name in ("changelist", "change"):
        args = [motion.pk] if name == "change" else []
        page = reverse(f"admin:motions_motion_{name}", args=args)
        looked_at.append(client.get(page).content.decode())
    looked_at += [mail.html for mail in Mail.objects.all()]
    for text in looked_at:
        assert not [danger for danger in DANGEROUS if danger in text]
    plain = " ".join(payload.split())
    assert all(plain in mail.text for mail in Mail.objects.all())
