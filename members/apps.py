from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Members and bodies"
    default = True

    def ready(self) -> None:
        from django.db.models import Q
        from django.utils.module_loading import autodiscover_modules

        from mailing import hooks
        from members import attention, audit, merging, own_data, rules, signals, waiting
        from members.models import Officeholding

        own_data.declare_all()
        autodiscover_modules("personal_data")
        merging.register(
            Officeholding,
            "user",
            unique_with=("organisation", "office"),
            while_=Q(ended_on__isnull=True) & ~Q(state=Officeholding.State.REJECTED),
        )
        attention.register(waiting.waiting)
        signals.connect()
        hooks.register_audit(audit.record)
        hooks.register_access(rules.may_use_mail)


class StaffAdminConfig(admin_apps.AdminConfig):
    """Django's admin with the staff's own site in place of the default one."""

    default_site = "members.staff_site.StaffSite"
    default = False
