from django.apps import AppConfig
from django_structlog import signals


class S3PortalConfig(AppConfig):
    name = "s3portal"

    def ready(self) -> None:
        from s3portal.logs import add_duration

        signals.bind_extra_request_finished_metadata.connect(add_duration)
        signals.bind_extra_request_failed_metadata.connect(add_duration)
