"""Files of strangers: recognised by their content, refused or cleaned. Pure.

``clean`` gives bytes that were written here anew: what came is kept nowhere.
"""

from practices.uploads.cleaning import clean
from practices.uploads.errors import Reason, Refused
from practices.uploads.files import Cleaned, Format

__all__ = ["Cleaned", "Format", "Reason", "Refused", "clean"]
