"""People, the organisations they work in, and what they may edit."""

from accounts.models.organisations import Organisation
from accounts.models.people import User, UserManager
from accounts.models.scopes import Scope

__all__ = ["Organisation", "Scope", "User", "UserManager"]
