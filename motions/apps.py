from django.apps import AppConfig


class MotionsConfig(AppConfig):
    name = "motions"
    verbose_name = "Business of conference"

    def ready(self) -> None:
        from events import concerns as start_page
        from events import doorways, panels
        from events.files import sections
        from members import attention, body_page, desks
        from motions import concerns, files
        from motions.agendas import concerns as agenda_concerns
        from motions.amendments import concerns as amendments_concerns
        from motions.composites import concerns as composite_concerns
        from motions.nominations import concerns as nominations_concerns
        from motions.panel import panel
        from motions.reminders import register_audiences
        from motions.rules import may_enter_paper

        register_audiences()
        panels.register("motions", panel, position=40)
        start_page.register(concerns.concerns)
        start_page.register(amendments_concerns.concerns)
        start_page.register(composite_concerns.concerns)
        start_page.register(agenda_concerns.concerns)
        start_page.register(nominations_concerns.concerns)
        body_page.register_section(concerns.body_section, position=30)
        attention.register(concerns.attention)
        when = "As of the instant it was received"
        for what, url_name, place in (
            ("Enter a motion from paper", "admin:motions_motion_enter", 15),
            ("Enter an amendment from paper", "admin:motions_amendment_enter", 16),
        ):
            desks.register(desks.Desk(what, when, url_name, may_enter_paper, place))
        doorways.register("organisational_motions", "motions:list", "Write a motion")
        doorways.register("amendments", "motions:list", "Amend a motion")
        doorways.register("emergency_motions", "motions:list", "Write an emergency motion")
        doorways.register("cac_nominations", "nominations:posts", "Nominate somebody")
        doorways.register("recognition_awards", "awards:categories", "Propose somebody")
        sections.register(
            "business", load=files.load_business, dump=files.dump_business, position=30
        )
        self._offer_consultations()
        self._take_ideas()
        self._follow_people()
        self._judge_awards()

    def _take_ideas(self) -> None:
        """Calls for ideas on the pages and in the files of campaigns, and what waits to be read."""
        from events.campaigns import loading, panels
        from members import attention
        from motions.ideas import concerns, files, showing

        panels.register(showing.panel)
        loading.register("call_for_ideas", files.load_call)
        attention.register(concerns.attention)

    def _offer_consultations(self) -> None:
        """What consultations say elsewhere, whom they remind, and whose drafts go with a person."""
        from django.db.models import Q

        from events import concerns as start_page
        from events import doorways, panels
        from members import merging
        from motions.consultations import concerns, reminders
        from motions.consultations.panel import brings, panel
        from motions.models import PolicySubmission, ReadBy

        reminders.register_audiences()
        panels.register("consultations", panel, position=45, brings=brings)
        start_page.register(concerns.concerns)
        doorways.register("policy_submissions", "consultations:list", "Write a submission")
        doorways.register("consultation", "consultations:list", "Answer the consultation")
        own = ~Q(kind="body") & Q(channel="web") & ~Q(state="withdrawn")
        merging.register(PolicySubmission, "created_by", unique_with=("consultation",), while_=own)
        merging.register(ReadBy, "reader", unique_with=("submission",))

    def _follow_people(self) -> None:
        """What two sign-ins of one person held goes with the one that is kept."""
        from django.db.models import Q

        from members import merging
        from motions.models import (
            CommitteeRules,
            Decision,
            DeclaredInterest,
            DraftSave,
            Follow,
            Motion,
            Opinion,
            PrivateNote,
            ReadingMark,
        )

        merging.register(Motion, "created_by")
        merging.register(DraftSave, "saved_by")
        merging.register(CommitteeRules, "chair")
        merging.register(ReadingMark, "reader", unique_with=("motion",))
        merging.register(PrivateNote, "writer", unique_with=("motion",))
        merging.register(Follow, "follower", unique_with=("conference", "motion", "category"))
        merging.register(Decision, "keeper")
        merging.register(
            Opinion,
            "member",
            unique_with=("version",),
            while_=Q(ended_at__isnull=True, ruling__isnull=True),
        )
        merging.register(
            DeclaredInterest,
            "member",
            unique_with=("conference", "motion", "organisation"),
            while_=Q(withdrawn_at__isnull=True),
        )

    def _judge_awards(self) -> None:
        """The panel's desk on start pages, and what a judge did goes with the sign-in that is kept."""
        from django.db.models import Q

        from events import concerns as start_page
        from members import merging
        from motions.awards import concerns
        from motions.models import AwardInterest, AwardRules, AwardScore

        start_page.register(concerns.concerns)
        merging.register(AwardRules, "chair")
        merging.register(
            AwardScore, "judge", unique_with=("nominee",), while_=Q(ended_at__isnull=True)
        )
        merging.register(
            AwardInterest,
            "judge",
            unique_with=("conference", "nominee", "organisation"),
            while_=Q(withdrawn_at__isnull=True),
        )
