import pytest

from regions.services import load_boundaries
from sources.exceptions import IngestError


@pytest.mark.real_files
@pytest.mark.django_db
def test_boundaries_need_regions(real_data):
    with pytest.raises(IngestError, match=r"manage\.py load_starter first"):
        load_boundaries(real_data / "nuts/nuts_2024_level0_20M.geojson")
