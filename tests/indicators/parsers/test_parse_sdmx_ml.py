"""SDMX-ML 2.1: structure-specific and generic data, footers, unsafe XML."""

import pytest

from indicators.parsers.errors import ParseError
from indicators.parsers.types import SeriesRow, Tally

NS = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
HEADER = """
  <m:Header>
    <m:ID>X</m:ID><m:Test>false</m:Test>
    <m:Prepared>2022-11-11T12:30:30Z</m:Prepared><m:Sender id="ESTAT"/>
    <m:Structure dimensionAtObservation="{dimension}" structureID="STR1">
      <c:StructureUsage>
        <Ref id="X" agencyID="ESTAT" version="1.0"/>
      </c:StructureUsage>
    </m:Structure>
  </m:Header>"""


def specific(series: str, *, prolog: str = "") -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>{prolog}
<m:StructureSpecificData xmlns:m="{NS}/message" xmlns:c="{NS}/common"
  xmlns:s="{NS}/data/structurespecific"
  xmlns:u="urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=ESTAT:X(1.0)"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  {HEADER.format(dimension="TIME_PERIOD")}
  <u:DataSet s:structureRef="STR1" s:dataScope="DataStructure" xsi:type="u:DataSetType">
    {series}
  </u:DataSet>
</m:StructureSpecificData>"""


def generic(series: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<m:GenericData xmlns:m="{NS}/message" xmlns:c="{NS}/common"
  xmlns:g="{NS}/data/generic">
  {HEADER.format(dimension="TIME_PERIOD")}
  <m:DataSet structureRef="STR1">{series}</m:DataSet>
</m:GenericData>"""


SPECIFIC = specific("""
<Series freq="A" unit="PC" geo="ES21">
  <Obs TIME_PERIOD="2021" OBS_VALUE="3.5" OBS_FLAG="ep"/>
  <Obs TIME_PERIOD="2019" OBS_VALUE="1" OBS_FLAG="b"/>
  <Obs TIME_PERIOD="2020" OBS_VALUE="NaN"/>
</Series>
<Series freq="A" unit="PC" geo="FR10">
  <Obs TIME_PERIOD="2020" OBS_VALUE="7" CONF_STATUS="C"/>
</Series>""")
GENERIC = generic("""
<g:Series>
  <g:SeriesKey>
    <g:Value id="FREQ" value="A"/><g:Value id="UNIT" value="PC"/>
    <g:Value id="REF_AREA" value="ES21"/>
  </g:SeriesKey>
  <g:Obs>
    <g:ObsDimension value="2019"/><g:ObsValue value="1"/>
    <g:Attributes><g:Value id="OBS_STATUS" value="B"/></g:Attributes>
  </g:Obs>
  <g:Obs><g:ObsDimension value="2020"/><g:ObsValue value="2"/>
    <g:Attributes><g:Value id="OBS_STATUS" value="A"/></g:Attributes>
  </g:Obs>
</g:Series>""")


def test_parse_structure_specific_data(read):
    message, rows = read(SPECIFIC)
    assert rows == [
        SeriesRow(
            ("A", "PC"), "ES21", "A", 2019, (1.0, None, 3.5), ("b", "", "ep")
        ),
        SeriesRow(("A", "PC"), "FR10", "A", 2020, (None,), None, ("C",)),
    ]  # fmt: skip
    assert message.tally == Tally(series=2, values=2, missing=2)
    assert (message.structure.agency, message.structure.dataflow) == ("ESTAT", "X")


def test_parse_generic_data(read):
    message, rows = read(GENERIC, "generic.xml.gz")
    assert rows == [SeriesRow(("A", "PC"), "ES21", "A", 2019, (1.0, 2.0), ("b", ""))]
    assert message.structure.geo_dimension == "ref_area"
    assert message.structure.dimensions == ("freq", "unit")


OBS = '<Series freq="A" geo="ES"><Obs TIME_PERIOD="2019" OBS_VALUE="1"/>{}</Series>'


def with_obs(text: str) -> str:
    return specific(OBS.format(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SPECIFIC[:900], "not readable as SDMX-ML"),
        ("<a><b></a>", "not readable as SDMX-ML"),
        ("<rss version='2'/>", "not readable as SDMX-ML"),
        (specific(""), "a data message without observations"),
        (
            SPECIFIC.replace("geo=", "nuts="),
            "no geo dimension among .*freq, unit, nuts",
        ),
        (SPECIFIC.replace("TIME_PERIOD", "WHEN"), "no time dimension among .*WHEN"),
        (with_obs('<Obs TIME_PERIOD="2019" OBS_VALUE="2"/>'), "twice with different"),
        (with_obs('<Obs TIME_PERIOD="2019-Q1" OBS_VALUE="2"/>'), "mixed frequencies"),
        (with_obs('<Obs TIME_PERIOD="2020" OBS_VALUE="2,5"/>'), "decimal comma: '2,5'"),
        (with_obs('<Obs TIME_PERIOD="2020" OBS_VALUE="INF"/>'), "not a finite number"),
        (
            with_obs('<Obs TIME_PERIOD="now" OBS_VALUE="2"/>'),
            "unreadable period: 'now'",
        ),
        (
            specific(OBS.format("") + OBS.format("").replace("geo=", "unit='PC' geo=")),
            "observations with different dimensions",
        ),
        (SPECIFIC.replace("UTF-8", "UTF-7"), "XML in another encoding than UTF-8"),
    ],
)
def test_bad_sdmx_ml_is_one_clear_sentence(read, text, words):
    with pytest.raises(ParseError, match=words) as caught:
        read(text, "bad.xml")
    assert str(caught.value).startswith("bad.xml: ")


def test_external_entity_is_never_read(read, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("2019")
    prolog = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    series = '<Series freq="A" geo="ES"><Obs TIME_PERIOD="&e;" OBS_VALUE="1"/></Series>'
    with pytest.raises(ParseError, match="document type or entities"):
        read(specific(series, prolog=prolog))


def test_entity_bomb_is_refused(read):
    levels = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    prolog = f'<!DOCTYPE x [<!ENTITY e0 "boom">{levels}]>'
    with pytest.raises(ParseError, match="document type or entities"):
        read(specific("<a>&e11;</a>", prolog=prolog))


def test_footer_with_another_code_is_quoted(read, real_data):
    path = real_data / "indicators" / "eurostat" / "sdmx-ml" / "footer.xml"
    text = path.read_text().replace('"413"', '"500"').replace("http://ec.", "ec.")
    with pytest.raises(
        ParseError, match="answered with message 500: 'Due to the large"
    ):
        read(text)


def test_structure_file_that_is_none_is_refused(read, write):
    data = write(SPECIFIC, "data.xml")
    with pytest.raises(ParseError, match=r"0 data structure definitions in data\.xml"):
        read(SPECIFIC, structure=data)
