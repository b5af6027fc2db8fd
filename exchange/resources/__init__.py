"""The kinds of records that sheets hold."""

from exchange.resources.base import CatalogueResource, Column
from exchange.resources.cooperation import (
    PartnerResource,
    PracticeResource,
    ProjectResource,
)
from exchange.resources.funding import (
    CallResource,
    OrganisationResource,
    ProgrammeResource,
)
from exchange.resources.specialisation import PriorityResource

# In the order in which one file's kinds have to be loaded.
RESOURCES: dict[str, type[CatalogueResource]] = {
    resource.kind: resource
    for resource in (
        OrganisationResource,
        ProgrammeResource,
        CallResource,
        PriorityResource,
        ProjectResource,
        PartnerResource,
        PracticeResource,
    )
}

__all__ = ["RESOURCES", "CatalogueResource", "Column"]
