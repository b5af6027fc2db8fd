"""An upload again: its bytes are kept with it, or nowhere."""

import pytest

from sources import services
from sources.exceptions import IngestError
from tests.indicators.uploads.desk import HEADER, preview, work

FILE = HEADER + "ES21,PC,2023,1,\n"
GONE = "is not kept any more. Upload it again"


def test_an_upload_is_repeated_from_its_own_file(desk, probe):
    _page, run = preview(desk, probe, FILE)
    services.confirm_run(run, asked_by="Ada")
    assert work().state == "loaded"
    # The same bytes may have been fetched from an address, too.
    type(run.snapshot).objects.update(url="https://example.org/data.csv")
    again = services.repeat_run(run, asked_by="Ada")
    assert again.snapshot == run.snapshot
    assert work().state == "unchanged"


def test_without_its_file_it_is_neither_loaded_nor_repeated(desk, probe):
    _page, run = preview(desk, probe, FILE)
    kept = run.snapshot.path.read_bytes()
    run.snapshot.path.unlink()
    with pytest.raises(services.RunRefused, match=GONE):
        services.confirm_run(run, asked_by="Ada")
    run.refresh_from_db()
    assert run.state == "held"
    run.snapshot.path.write_bytes(kept)
    services.confirm_run(run, asked_by="Ada")
    run.snapshot.path.unlink()  # after the yes, before a worker comes
    ended = work()
    assert ended.state == "failed"
    assert "Upload it again." in ended.message
    with pytest.raises(IngestError, match=GONE):
        services.repeat_run(ended, asked_by="Ada")
