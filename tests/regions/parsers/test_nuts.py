import gzip

import pytest

from regions.parsers.errors import FormatError
from regions.parsers.nuts import (
    CellRow,
    ChangeRow,
    RegionRow,
    parse_changes,
    parse_circles,
    parse_regions,
    parse_tiles,
)

HEADER = "version,code,level,country,name,name_native,parent,bloc,lon,lat\n"
ROW = '2024,EL30,2,EL,"Attiki, all",Αττική,EL3,EU,23.72,\n'


def test_parse_regions_plain_and_compressed():
    content = (HEADER + ROW).encode()
    wanted = [
        RegionRow(
            2024, "EL30", 2, "EL", "Attiki, all", "Αττική", "EL3", "EU", 23.72, None
        )
    ]
    assert parse_regions(content, name="nuts.csv") == wanted
    assert parse_regions(gzip.compress(content), name="nuts.csv.gz") == wanted


def test_parse_changes_keeps_what_is_not_known_apart_from_zero():
    content = (
        b"from_version,to_version,level,code_old,code_new,kind,area_share_of_old,"
        b"pop_share_of_old,area_share_of_new,pop_share_of_new\n"
        b"2010,2013,2,,FRA5,new,,,,\n2010,2013,2,A,B,split,0.0000,0.5,1.0,0.75\n"
    )
    assert parse_changes(content, name="c.csv") == [
        ChangeRow(2010, 2013, 2, "", "FRA5", "new", None, None, None, None),
        ChangeRow(2010, 2013, 2, "A", "B", "split", 0.0, 0.5, 1.0, 0.75),
    ]


def test_parse_layouts():
    tiles = parse_tiles(b"version,code,col,row,inset\n2021,IS00,1,2,1\n", name="t.csv")
    circles = parse_circles(b"version,code,x,y,r\n2021,AL01,1.5,2,7.99\n", name="d.csv")
    assert tiles == [CellRow(2021, "IS00", "tile", 1.0, 2.0, None, True)]
    assert circles == [CellRow(2021, "AL01", "dorling", 1.5, 2.0, 7.99, False)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEADER + ROW.replace("23.72", "23,72"), "line 2: wrong number of columns"),
        (HEADER + ROW.replace("23.72", "east"), "line 2: unreadable row: '2024,EL30"),
        (HEADER + ROW.replace("2024,", "MMXXIV,"), "line 2: unreadable row"),
        (HEADER.replace("bloc", "block") + ROW, "missing column: 'bloc'"),
        (HEADER + "2024,EL30\n", "line 2: wrong number of columns"),
    ],
)
def test_a_broken_row_is_named(content, message):
    with pytest.raises(FormatError, match=r"^nuts\.csv") as caught:
        parse_regions(content.encode(), name="nuts.csv")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            gzip.compress((HEADER + ROW).encode(), mtime=0)[:-12],
            "truncated or damaged gzip",
        ),
        ((HEADER + ROW).encode("utf-16"), "not UTF-8"),
    ],
)
def test_broken_bytes(content, message):
    with pytest.raises(FormatError, match=message):
        parse_regions(content, name="nuts.csv")
