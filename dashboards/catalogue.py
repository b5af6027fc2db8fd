"""The whole catalogue that comes with the portal, in the order it hangs together."""

from django.apps import apps

from accounts.services import load_starter_organisations
from practices.services import load_starter_practices
from programmes.services import load_starter_programmes
from projects.services import load_starter_projects
from sources.planner import refresh_statistics
from sources.progress import Progress, silent
from strategies.services import (
    load_starter_guide,
    load_starter_strategies,
    load_starter_vocabulary,
)

APPS = ("accounts", "strategies", "programmes", "projects", "practices")


def load_starter_catalogue(progress: Progress = silent) -> None:
    """Load all of it; regions must be there. A repeat changes nothing."""
    load_starter_vocabulary(progress)
    load_starter_guide(progress)
    load_starter_strategies(progress)
    load_starter_programmes(progress)
    load_starter_organisations(progress)
    load_starter_projects(progress)
    load_starter_practices(progress)
    # Without them PostgreSQL counts facets in seconds, not milliseconds.
    refresh_statistics(
        model
        for name in APPS
        for model in apps.get_app_config(name).get_models(include_auto_created=True)
    )
