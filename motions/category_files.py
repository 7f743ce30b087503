"""The list `categories` of the section `business`: names, in the order in which they are listed.

A category is recognised by its name. One under which a motion stands is never removed by a file.
"""

from __future__ import annotations

from events.files.node import Node
from events.models import Conference
from motions.models.category import Category
from motions.models.motion import Motion

LONGEST = 80


def load_categories(conference: Conference, business: Node) -> bool:
    """Make the conference's categories equal to the list; says whether anything changed."""
    wanted = business.texts("categories", longest=LONGEST)
    for name in sorted({name for name in wanted if wanted.count(name) > 1}):
        business.problem(f"The category ‘{name}’ stands twice in the list.", "categories")
    rows = {row.name: row for row in conference.motion_categories.all()}
    changed = False
    for position, name in enumerate(dict.fromkeys(wanted), start=1):
        row = rows.pop(name, None)
        if row is None:
            Category.objects.create(conference=conference, name=name, position=position)
        elif row.position != position:
            row.position = position
            row.save(update_fields=["position"])
        else:
            continue
        changed = True
    return any([changed, *[_remove(row, business) for row in rows.values()]])


def dump_categories(conference: Conference) -> list[str]:
    """The names in their order."""
    rows = conference.motion_categories.order_by("position", "name")
    return list(rows.values_list("name", flat=True))


def _remove(row: Category, business: Node) -> bool:
    if Motion.objects.filter(category=row).exists():
        business.problem(
            f"The category ‘{row}’ is no longer in the file, but motions stand under it.",
            "categories",
        )
        return False
    row.delete()
    return True
