"""The tables staff find filled: regions, offices and what they may do, the groups of the roles.

The twelve regions are the party's working list (nine English regions and three nations; only 'North
East & North Cumbria' and 'West Midlands' are confirmed by its papers). Staff edit regions and
offices; what they changed is left alone.
"""

from django.db import migrations

REGIONS = [
    ("East Midlands", "east-midlands", False),
    ("East of England", "east-of-england", False),
    ("London", "london", False),
    ("North East & North Cumbria", "north-east-north-cumbria", False),
    ("North West", "north-west", False),
    ("South East", "south-east", False),
    ("South West", "south-west", False),
    ("West Midlands", "west-midlands", False),
    ("Yorkshire & the Humber", "yorkshire-the-humber", False),
    ("Scotland", "scotland", True),
    ("Wales", "wales", True),
    ("Northern Ireland", "northern-ireland", True),
]

# name, slug, and what it may do for its body
OFFICES = [
    ("Secretary", "secretary", {"may_submit", "may_book", "may_invite", "may_authorise"}),
    ("Treasurer", "treasurer", {"may_book", "may_pay"}),
    ("Chair", "chair", {"may_submit", "may_book", "may_invite", "may_authorise"}),
    ("Membership officer", "membership-officer", set()),
    # A constituency party may name somebody to the party's body in its area.
    ("Constituency party delegate", "constituency-delegate", set()),
    ("Constituency party liaison", "constituency-liaison", set()),
]

# The values of members.roles.Role on the day of this migration.
ROLES = [
    "administrator",
    "programme editor",
    "registrations officer",
    "finance",
    "access officer",
    "safeguarding lead",
    "data protection officer",
    "auditor",
]


def fill(apps, schema_editor):
    Region = apps.get_model("members", "Region")
    Office = apps.get_model("members", "Office")
    Group = apps.get_model("auth", "Group")
    for position, (name, slug, is_nation) in enumerate(REGIONS, start=1):
        Region.objects.get_or_create(
            slug=slug, defaults={"name": name, "is_nation": is_nation, "position": position}
        )
    for position, (name, slug, powers) in enumerate(OFFICES, start=1):
        Office.objects.get_or_create(
            slug=slug,
            defaults={"name": name, "position": position, **dict.fromkeys(powers, True)},
        )
    for name in ROLES:
        Group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0003_audit_trail_is_append_only"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
