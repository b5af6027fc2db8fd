"""The upload page of the administration, as a curator uses it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from indicators.models import Dataflow, Series, Slice, Vintage
from indicators.upload_form import MERGE
from sources import services
from sources.models import IngestRun, Snapshot, Source

UPLOAD = reverse("admin:indicators_dataflow_upload")
HEADER = "geo,unit,time_period,obs_value,obs_status\n"
HELD = {"PC,ES21": "1.5|2.5|3.5 p", "PC,ES22": "4|5|6"}


def upload(
    client, dataflow, data: bytes | str, *, mode=MERGE, file_name="data.csv", **fields
):
    body = data.encode() if isinstance(data, str) else data
    return client.post(
        UPLOAD,
        {
            "dataflow": dataflow.pk if dataflow else "",
            "file": SimpleUploadedFile(file_name, body),
            "mode": mode,
            **fields,
        },
    )


def preview(client, dataflow, data, **fields):
    """The preview page of an upload, and its run."""
    answer = upload(client, dataflow, data, **fields)
    assert answer.status_code == 302, answer.context["form"].errors
    page = client.get(answer["Location"])
    assert page.status_code == 200
    return page, page.context["run"]


def everything() -> list[int]:
    models = (Source, Dataflow, Slice, Series, Vintage, Snapshot, IngestRun)
    return [model.objects.count() for model in models]


def work() -> IngestRun:
    """What a worker does with the newest run."""
    return services.execute(IngestRun.objects.latest("pk").pk)
