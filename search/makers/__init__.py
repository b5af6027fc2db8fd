"""What can be found: one line per kind, in the order in which readers see them."""

from search.documents import Maker
from search.makers.catalogue import CALL, ORGANISATION, PRACTICE, PROGRAMME, PROJECT
from search.makers.figures import INDICATOR, REGION
from search.makers.strategies import DOMAIN, PRIORITY, STRATEGY, TERM
from search.makers.support import SUPPORT

MAKERS: tuple[Maker, ...] = (
    REGION, INDICATOR, PROJECT, ORGANISATION, PRACTICE, PROGRAMME, CALL, SUPPORT,
    STRATEGY, PRIORITY, DOMAIN, TERM,
)  # fmt: skip
BY_KIND = {maker.kind: maker for maker in MAKERS}
