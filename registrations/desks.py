"""The pages of the registrations office that the staff's start page names."""

from members.desks import Desk
from registrations import rules

PAGE = "admin:registrations_booking_"

DESKS = (
    Desk(
        "Overview",
        "Places sold, names and money missing, delegations in order",
        f"{PAGE}overview",
        rules.may_see_overview,
        10,
    ),
    Desk(
        "Take-up by day",
        "How places are taken, beside the year before",
        f"{PAGE}days",
        rules.may_see_overview,
        12,
    ),
    Desk(
        "Enter a booking from paper",
        "As of the instant it was received",
        f"{PAGE}enter",
        rules.may_enter_bookings,
        14,
    ),
    Desk(
        "Write to a group",
        "A service message to those it concerns",
        "admin:registrations_servicemail_write",
        rules.may_write_to_groups,
        16,
    ),
    Desk("Hotel", "Who sleeps where, night by night", f"{PAGE}hotel", rules.may_read_lists, 20),
    Desk("Dinner", "Who dines, body by body", f"{PAGE}dinner", rules.may_read_lists, 21),
    Desk(
        "List of delegates",
        "Who agreed to be named, and who to be in pictures",
        f"{PAGE}consents",
        rules.may_read_lists,
        24,
    ),
    Desk(
        "Counts of needs",
        "Access and diet, in numbers that may be passed on",
        f"{PAGE}needs",
        rules.may_read_needs,
        22,
    ),
    Desk(
        "Month end",
        "What is owed, how old it is, totals by nominal code",
        f"{PAGE}books",
        rules.may_record_payments,
        30,
    ),
)
