"""Mail, and the trail that nobody can change."""

from __future__ import annotations

from events.models import Reminder
from mailing.models import Mail, Suppression
from members.models import AuditEntry, Organisation, User
from tests.hostile.world.rows import AT, World
from tests.hostile.world.typed import Words


def make_mail(world: World) -> None:
    mail = Mail.objects.create(
        key="receipt:1",
        message_id="<receipt-1@conference.example>",
        to_address="member@example.org",
        to_name="Meg",
        subject="Subject",
        text="Text",
        html="<p>Text</p>",
        kind=Mail.Kind.RECEIPT,
        urgency=Mail.Urgency.NOW,
        created_at=AT,
        not_before=AT,
        next_try_at=AT,
        smtp_reply="250 ok",
        decision="Send it again",
        decided_by="staff@example.org",
        decided_at=AT,
    )
    Suppression.objects.create(
        address="gone@example.org",
        scope=Suppression._meta.get_field("scope").choices[0][0],
        reason=Suppression._meta.get_field("reason").choices[0][0],
        note="Bounced",
        added_by="system",
        created_at=AT,
        lifted_at=AT,
        lifted_by="staff@example.org",
    )
    Reminder.objects.create(
        deadline=world.opened,
        closes_at=world.opened.closing,
        step="28d",
        address="officer@example.org",
        organisation=world.body,
        name="Olu",
        why="You act for the body",
        path="/",
        due_at=AT,
        planned_at=AT,
        mail_key="receipt:1",
    )
    world.rows["mail"] = mail


def trail(words: Words, by: User, on: Organisation) -> None:
    """Entries of the audit trail, which nobody can change afterwards."""
    column = AuditEntry._meta.get_field
    AuditEntry.objects.create(
        at=AT,
        actor=by,
        organisation=on,
        action="organisation.changed",
        object_type="members.organisation",
        object_id=str(on.pk),
        object_label=words(AuditEntry, column("object_label")),
        before={"name": words(AuditEntry, column("object_label"))},
        after={"name": words(AuditEntry, column("object_label"))},
        reason=words(AuditEntry, column("reason")),
    )
