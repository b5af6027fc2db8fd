"""The whole text of a practice as one mapping that JSON can hold.

Drafts are saved in it, working copies and published versions are kept in it, pages
and the API give and take it. Keys are field names; what it is linked to is named by
keys that stay when databases are moved:

- texts as they are; ``start``, ``end`` as exact as known ("2012", "2012-03");
- ``cost_eur`` as decimal text ("7500.00") or None; ``is_failure`` true or false;
- ``organisation``, ``project``, ``programme``: slug, "" for none;
- ``regions``: "ES21@2024", code and NUTS version (taken without version: of today);
- ``themes``: slugs; ``domains``: "economic:ict", kind and code, policy objectives too;
- ``evidence``: a list of mappings of the fields of ``EvidenceItem``.
"""

from practices.content.cleaning import check_order, cleaned
from practices.content.digests import digests
from practices.content.fields import FIELDS, Content, blank_content
from practices.content.reading import content_of
from practices.content.writing import write

__all__ = [
    "FIELDS",
    "Content",
    "blank_content",
    "check_order",
    "cleaned",
    "content_of",
    "digests",
    "write",
]
