"""What several tests of the business of conference need."""

from collections.abc import Callable

import pytest

from events.models import Conference
from registrations.models import Booking, PassType, Place
from tests.factories import AT, make_deadline, number


@pytest.fixture
def delegate_place(db: None) -> Callable[[Conference, str, str], Place]:
    """Registers somebody: `delegate_place(conference, address, role)`."""

    def _registered(conference: Conference, email: str, role: str) -> Place:
        n = number()
        pass_type = PassType.objects.create(
            conference=conference,
            code=f"pass-{n}",
            name=f"Pass {n}",
            role=role,
            sold_to=PassType.SoldTo.BODIES,
            deadline=make_deadline(conference, "delegate_registration", name=f"Door {n}"),
        )
        booking = Booking.objects.create(
            conference=conference,
            reference=f"REF{n}",
            contact_name="Nia",
            contact_email=email,
            state=Booking.State.SUBMITTED,
            payment_method=Booking.Method.INVOICE,
            created_at=AT,
            submitted_at=AT,
        )
        return Place.objects.create(
            booking=booking, pass_type=pass_type, name="Nia Nominee", email=email, position=1
        )

    return _registered
