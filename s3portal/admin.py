"""What other packages bring to the admin, in the looks of the desk."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    SolarSchedule,
)
from unfold.admin import ModelAdmin

THEMED = (
    Group,
    PeriodicTask,
    IntervalSchedule,
    CrontabSchedule,
    ClockedSchedule,
    SolarSchedule,
)


def themed(model: Any) -> None:
    """Register the model again: its package's own admin with the theme's widgets."""
    own = type(admin.site.get_model_admin(model))
    admin.site.unregister(model)
    admin.site.register(model, type(own.__name__, (own, ModelAdmin), {}))


for model in THEMED:
    themed(model)
# How people sign in is theirs, and in their profile; nobody mends it here.
for model in [m for m in admin.site._registry if m.__module__.startswith("allauth.")]:
    admin.site.unregister(model)
