from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Good practices")

    def ready(self) -> None:
        from practices import match_personal, personal
        from practices.services import match_notices, notices, storage

        notices.register_kinds()
        personal.register_all()
        match_notices.register_kinds()
        match_personal.register_all()
        storage.follow_rows()
