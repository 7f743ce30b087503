"""What every door for business has in common: a deadline and who may send something in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from events.models import Conference
from members.models import Organisation


class Door(models.Model):
    """Rules of one kind of business, as data that staff edit. The deadline says open or closed."""

    deadline = models.ForeignKey("events.Deadline", models.PROTECT)
    from_party_councils = models.BooleanField("party councils may send", default=True)
    from_societies = models.BooleanField("societies may send", default=True)
    from_branches = models.BooleanField("branches may send", default=False)
    per_body_limit = models.PositiveSmallIntegerField(
        "at most this many from one body", null=True, blank=True, help_text="Empty: no limit."
    )
    basis = models.CharField("where these rules come from", max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(per_body_limit__isnull=True) | Q(per_body_limit__gt=0),
                name="%(app_label)s_%(class)s_limit_above_zero",
                violation_error_message="A limit is at least 1; leave it empty for none.",
            ),
        ]

    @property
    def conference(self) -> Conference:
        """The conference this business is for."""
        return self.deadline.conference

    @property
    def sender_kinds(self) -> list[str]:
        """The kinds of body that may send something in."""
        kinds = Organisation.Kind
        allowed = {
            kinds.PARTY_COUNCIL: self.from_party_councils,
            kinds.SOCIETY: self.from_societies,
            kinds.BRANCH: self.from_branches,
        }
        return [kind.value for kind, is_allowed in allowed.items() if is_allowed]

    @property
    def senders_in_words(self) -> str:
        """'party councils and societies', for notices and refusals."""
        plural = {
            "party_council": "party councils",
            "society": "societies",
            "branch": "branches",
        }
        words = [plural[kind] for kind in self.sender_kinds]
        if len(words) > 1:
            return f"{', '.join(words[:-1])} and {words[-1]}"
        return words[0] if words else "nobody"
