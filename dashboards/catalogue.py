"""The whole catalogue that comes with the portal, in the order it hangs together."""

from accounts.services import load_starter_organisations
from practices.services import load_starter_practices
from programmes.services import load_starter_programmes
from projects.services import load_starter_projects
from sources.progress import Progress, silent
from strategies.services import (
    load_starter_guide,
    load_starter_strategies,
    load_starter_vocabulary,
)


def load_starter_catalogue(progress: Progress = silent) -> None:
    """Load all of it; regions must be there. A repeat changes nothing."""
    load_starter_vocabulary(progress)
    load_starter_guide(progress)
    load_starter_strategies(progress)
    load_starter_programmes(progress)
    load_starter_organisations(progress)
    load_starter_projects(progress)
    load_starter_practices(progress)
