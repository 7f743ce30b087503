from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Conferences"

    def ready(self) -> None:
        from events.authority_section import section
        from events.imprints import facts_of_mail
        from events.reminders.attention import alarm, waiting
        from events.reminders.gathering import reason_not_needed
        from events.rules import may_read_reminders
        from events.services.public_pages import mark_changed
        from mailing.hooks import register_alarm, register_facts, register_recheck
        from mailing.models import Mail
        from members import attention, body_page, desks, public_names

        public_names.when_changed(mark_changed)
        register_recheck(Mail.Kind.REMINDER, reason_not_needed)
        register_facts(facts_of_mail)
        register_alarm(alarm)
        attention.register(waiting)
        desks.register(
            desks.Desk(
                "Reminders",
                "Whether they are healthy, what went, what comes next",
                "admin:events_reminder_health",
                may_read_reminders,
                40,
            )
        )
        body_page.register_section(section, position=80)
        self._publish()
        self._follow_people()

    def _follow_people(self) -> None:
        """What two sign-ins of one person held goes with the one that is kept."""
        from django.db.models import Q

        from events.models import Authorisation, LayAppointment, Rapporteur
        from members import merging

        merging.register(
            Rapporteur, "user", unique_with=("notes",), while_=Q(ended_at__isnull=True)
        )
        merging.register(
            LayAppointment,
            "user",
            unique_with=("conference", "task"),
            while_=Q(ended_at__isnull=True),
        )
        merging.register(
            Authorisation,
            "user",
            unique_with=("conference", "organisation"),
            while_=Q(withdrawn_at__isnull=True),
        )

    def _publish(self) -> None:
        """Publications and reports on the pages and in the files of what they belong to."""
        from events import concerns, panels
        from events.files import sections
        from events.publications import files, listing
        from events.reports import files as report_files
        from events.reports.concerns import concerns as report_concerns

        panels.register("publications", listing.panel, position=60)
        sections.register(
            "publications",
            load=files.load_publications,
            dump=files.dump_publications,
            position=10,
        )
        sections.register(
            "report", load=report_files.load_report, dump=report_files.dump_report, position=11
        )
        concerns.register(report_concerns)
