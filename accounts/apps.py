from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts import own_holdings
        from accounts.notice_kinds import NoticeKind, register
        from accounts.services import memberships

        own_holdings.register_all()
        asked, decided = memberships.ASKED, memberships.DECIDED
        register(
            NoticeKind(
                asked, _("somebody names their organisation"), is_for_curators=True
            )
        )
        register(NoticeKind(decided, _("your organisation was looked at")))
