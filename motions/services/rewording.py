"""A motion gets a newer text: a composite agreed, an amendment carried, a correction made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from events.services.public_pages import mark_changed
from members.models import User
from motions.amendments.services import moving
from motions.models import Motion, MotionVersion
from motions.services.sending import audited, locked
from motions.services.versions import SENT_WITH_IT, as_parsed, continued, freeze
from motions.texts import blocks as parsing
from motions.texts.merging import is_stale

REWORDABLE = (Motion.State.IN_ORDER, Motion.State.PUBLISHED)


@transaction.atomic
def reword(
    *,
    by: User,
    motion: Motion,
    title: str,
    blocks: Sequence[parsing.Block],
    origin: MotionVersion.Origin,
    at: dt.datetime,
    mend_by: dt.datetime | None = None,
    settled: Iterable[Motion] = (),
) -> MotionVersion:
    """Give a motion its next text, and carry the amendments to it over to that text.

    Blocks that continue one of the text before keep its key, whatever keys they come with. Each
    pending amendment is rebased: what is clean notes it, what is not goes back to its body by mail
    with the places marked, until `mend_by` (none: until the committee sets an hour). `settled` are
    amendments on which conference has decided: they stay as they were voted on. The same text again
    changes nothing. Raises ValidationError: code `state` unless the motion is in order or
    published, or a dict of fields.
    """
    motion = locked(motion)
    if motion.is_amendment or motion.state not in REWORDABLE:
        raise ValidationError(
            f"This {motion.noun} is “{motion.get_state_display()}”: its text stays as it is.",
            code="state",
        )
    title = " ".join(title.split())
    if not title or not blocks:
        raise ValidationError({"text": "A motion has a title and a text."})
    old = motion.current_version
    if title == old.title and not is_stale(as_parsed(old), blocks):
        return old
    sent = {name: getattr(old, name) for name in SENT_WITH_IT}
    made = freeze(
        by=by,
        motion=motion,
        title=title,
        blocks=continued(motion, list(blocks)),
        origin=origin,
        at=at,
        words=parsing.count(blocks),
        **sent,
    )
    # the working copy follows, so that nobody goes on from a text that is no longer the motion's
    motion.title, motion.draft_text = title, parsing.render_text(blocks)
    motion.draft_version += 1
    motion.draft_saved_at = at
    motion.save(
        update_fields=["title", "draft_text", "draft_version", "draft_saved_at", "current_version"]
    )
    audited(by, motion, "motion.reworded", motion.state, at, version=made.number, origin=origin)
    moving.carry_over(
        by=by, motion=motion, old=old, new=made, at=at, mend_by=mend_by, settled=settled
    )
    mark_changed()
    return made
