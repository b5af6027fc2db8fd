"""What every form of the admin shares."""

from typing import Any

from django.db import models
from unfold.widgets import UnfoldAdminURLInputWidget

# Addresses typed without a scheme; Django 6 will take this for granted.
HTTPS: dict[Any, dict[str, Any]] = {
    models.URLField: {"assume_scheme": "https", "widget": UnfoldAdminURLInputWidget}
}
