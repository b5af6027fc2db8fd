"""What a role brings besides records: the machine room, and words to choose from."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from accounts.reach import reach_of

# Everybody at the desk looks regions and references up.
LOOK_UP = frozenset({"regions.view_region", "sources.view_reference"})
CURATOR = LOOK_UP | {
    "accounts.view_user",
    "indicators.change_dataflow",
    "indicators.roll_back",
    "indicators.upload_observations",
    "indicators.view_dataflow",
    "indicators.view_indicator",
    "regions.view_boundary",
    "regions.view_regionchange",
    "sources.add_reference",
    "sources.change_reference",
    "sources.delete_reference",
    "sources.change_errorreport",
    "sources.view_errorreport",
    "sources.change_ingestrun",
    "sources.view_ingestrun",
    "sources.view_snapshot",
    "sources.view_source",
    "django_celery_beat.view_periodictask",
}


class RoleBackend(BaseBackend):
    """Beside the rights that a superuser gave one by one or by groups."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return obj is None and perm in _held(user_obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return any(perm.startswith(f"{app_label}.") for perm in _held(user_obj))


def _held(user: Any) -> frozenset[str]:
    reach = reach_of(user)
    if reach.is_all:
        return CURATOR
    return LOOK_UP if reach.roles else frozenset()
