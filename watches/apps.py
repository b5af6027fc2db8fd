from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WatchesConfig(AppConfig):
    name = "watches"
    verbose_name = _("Watches")

    def ready(self) -> None:
        from accounts import notice_kinds, personal
        from watches.personal import HOLDING
        from watches.services import DIGEST

        notice_kinds.register(
            notice_kinds.NoticeKind(DIGEST, _("something you watch changed"))
        )
        personal.register(HOLDING)
