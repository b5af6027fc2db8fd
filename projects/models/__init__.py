"""Projects, their partners, and what came out of them."""

from projects.models.partners import Partner
from projects.models.projects import Project
from projects.models.results import ProjectEvent, ProjectOutput

__all__ = ["Partner", "Project", "ProjectEvent", "ProjectOutput"]
