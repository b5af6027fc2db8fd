from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WatchesConfig(AppConfig):
    name = "watches"
    verbose_name = _("Watches")

    def ready(self) -> None:
        from accounts import notice_kinds, personal
        from watches.personal import HOLDINGS
        from watches.services import DIGEST
        from watches.webhooks.endpoints import ASKED, DECIDED, OFF

        for kind in (
            notice_kinds.NoticeKind(DIGEST, _("something you watch changed")),
            notice_kinds.NoticeKind(
                ASKED, _("a webhook waits for your decision"), is_for_curators=True
            ),
            notice_kinds.NoticeKind(DECIDED, _("your webhook was decided about")),
            notice_kinds.NoticeKind(OFF, _("your webhook was switched off")),
        ):
            notice_kinds.register(kind)
        for holding in HOLDINGS:
            personal.register(holding)
