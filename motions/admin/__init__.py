"""The business of conference in the admin: read-only but for acts; what came by post is entered."""

from motions.admin import (
    agendas,
    amendments,
    awards,
    campaigns,
    composites,
    consultations,
    ideas,
    motions,
    nominations,
    posts,
    receipts,
    rules,
)

__all__ = [
    "agendas",
    "amendments",
    "awards",
    "campaigns",
    "composites",
    "consultations",
    "ideas",
    "motions",
    "nominations",
    "posts",
    "receipts",
    "rules",
]
