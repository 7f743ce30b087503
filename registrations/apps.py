from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    name = "registrations"
    verbose_name = "Registrations"

    def ready(self) -> None:
        from django.db.models import Q

        from events import announcements, doorways, panels, timeline
        from events import concerns as start_page
        from events.files import sections
        from events.publications import registrants as registrants_of
        from members import attention, body_page, desks, merging
        from registrations import concerns, door_concerns, price_table, registrants
        from registrations.desks import DESKS
        from registrations.files import register
        from registrations.models import Booking, Place, SupportRequest
        from registrations.reminders import register_audiences
        from registrations.services.postponing import ask_again
        from registrations.services.telling import tell_of_status

        register_audiences()
        announcements.when_status_changes(ask_again)
        announcements.when_status_changes(tell_of_status)
        registrants_of.register(registrants.is_registered)
        panels.register("prices", price_table.panel, position=20)
        timeline.register(price_table.marks)
        start_page.register(concerns.concerns)
        start_page.register(door_concerns.concerns)
        body_page.register_section(concerns.body_section, position=20)
        attention.register(concerns.attention)
        attention.register(door_concerns.attention)
        desks.register(*DESKS)
        for kind in ("early_price", "delegate_registration", "visitor_registration"):
            doorways.register(
                kind,
                "registrations:choose",
                "Book",
                action_for_interest="Register your interest",
            )
        for name, load, dump, position in register.SECTIONS:
            sections.register(name, load=load, dump=dump, position=position)
        merging.register(Booking, "booked_by")
        merging.register(SupportRequest, "user")
        merging.register(Place, "user", while_=Q())
