from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    name = "registrations"
    verbose_name = "Registrations"

    def ready(self) -> None:
        from django.db.models import Q

        from events import announcements, doorways, panels, timeline
        from events import concerns as start_page
        from events.files import sections
        from members import attention, body_page, merging
        from registrations import concerns, door_concerns, files, price_table
        from registrations.models import Booking, Place
        from registrations.reminders import register_audiences
        from registrations.services.telling import tell_of_status

        register_audiences()
        announcements.when_status_changes(tell_of_status)
        panels.register("prices", price_table.panel, position=20)
        timeline.register(price_table.marks)
        start_page.register(concerns.concerns)
        start_page.register(door_concerns.concerns)
        body_page.register_section(concerns.body_section, position=20)
        attention.register(concerns.attention)
        for kind in ("early_price", "delegate_registration", "visitor_registration"):
            doorways.register(
                kind,
                "registrations:choose",
                "Book",
                action_for_interest="Register your interest",
            )
        sections.register("passes", load=files.load_passes, dump=files.dump_passes, position=20)
        sections.register("extras", load=files.load_extras, dump=files.dump_extras, position=21)
        sections.register(
            "delegations",
            load=files.load_delegations,
            dump=files.dump_delegations,
            position=22,
        )
        merging.register(Booking, "booked_by")
        merging.register(Place, "user", while_=Q())
