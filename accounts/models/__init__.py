"""People, the organisations they work in, and what they may edit."""

from accounts.models.memberships import Membership
from accounts.models.notices import Delivery, Notice, NoticePreference
from accounts.models.organisations import Organisation
from accounts.models.people import User, UserManager
from accounts.models.scopes import Scope
from accounts.models.tokens import ApiToken

__all__ = [
    "ApiToken",
    "Delivery",
    "Membership",
    "Notice",
    "NoticePreference",
    "Organisation",
    "Scope",
    "User",
    "UserManager",
]
