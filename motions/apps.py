from django.apps import AppConfig


class MotionsConfig(AppConfig):
    name = "motions"
    verbose_name = "Business of conference"

    def ready(self) -> None:
        from events import concerns as start_page
        from events import doorways, panels
        from events.files import sections
        from members import attention, body_page, merging
        from motions import concerns, files
        from motions.models import DraftSave, Motion
        from motions.panel import panel
        from motions.reminders import register_audiences

        register_audiences()
        panels.register("motions", panel, position=40)
        start_page.register(concerns.concerns)
        body_page.register_section(concerns.body_section, position=30)
        attention.register(concerns.attention)
        doorways.register("organisational_motions", "motions:list", "Write a motion")
        doorways.register("cac_nominations", "nominations:posts", "Nominate somebody")
        doorways.register("recognition_awards", "awards:categories", "Propose somebody")
        doorways.register("policy_submissions", "consultations:list", "Write a submission")
        sections.register(
            "business", load=files.load_business, dump=files.dump_business, position=30
        )
        merging.register(Motion, "created_by")
        merging.register(DraftSave, "saved_by")
