from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardsConfig(AppConfig):
    name = "dashboards"
    verbose_name = _("Dashboards")

    def ready(self) -> None:
        from accounts.desk.start import register_waiting
        from dashboards.desk import waiting

        register_waiting(waiting)
