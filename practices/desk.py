"""Good practices at the desk: curators mend them here, and publish them by review."""

from accounts.reach import register
from practices.models import GoodPractice

register(GoodPractice)
