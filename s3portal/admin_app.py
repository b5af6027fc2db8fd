"""The admin with the portal's own site."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "s3portal.admin_site.DeskSite"
