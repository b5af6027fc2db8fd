"""The OpenAPI document is valid, and the API does what it says."""

import jsonschema
import pytest
import yaml
from openapi_spec_validator import validate

pytestmark = pytest.mark.usefixtures("starter")

# A way to ask each documented path; the schema says the rest.
EXAMPLES = {
    "/api/v1/": "/api/v1/",
    "/api/v1/regions/": "/api/v1/regions/?country=ES&bloc=EU&q=es",
    "/api/v1/regions/{code}/": "/api/v1/regions/ES21/",
    "/api/v1/regions/{code}/profile/": "/api/v1/regions/ES21/profile/",
    "/api/v1/indicators/": "/api/v1/indicators/",
    "/api/v1/indicators/{slug}/": "/api/v1/indicators/gdp-per-head/",
    "/api/v1/indicators/{slug}/revisions/": "/api/v1/indicators/population/revisions/",
    "/api/v1/status/": "/api/v1/status/",
    "/status.json": "/status.json",
    "/api/v1/programmes/": "/api/v1/programmes/?period=2021-2027&region=ES21",
    "/api/v1/programmes/{slug}/": "/api/v1/programmes/fp7-2007-2013/",
    "/api/v1/calls/": "/api/v1/calls/",
    "/api/v1/support/": "/api/v1/support/",
    "/api/v1/observations/": "/api/v1/observations/?indicator=gerd-pc-gdp&geo=BE21",
    "/api/v1/projects/": "/api/v1/projects/?region=ES21&q=innovation",
    "/api/v1/projects/{slug}/": "/api/v1/projects/tres/",
    "/api/v1/organisations/": "/api/v1/organisations/?country=ES",
    "/api/v1/organisations/{slug}/": "/api/v1/organisations/lund-university/",
    "/api/v1/strategies/": "/api/v1/strategies/?country=ES&q=energy",
    "/api/v1/strategies/{slug}/": "/api/v1/strategies/es12-2021-2027/",
    "/api/v1/priorities/": "/api/v1/priorities/?economic=energy&region=ES21",
    "/api/v1/network/": "/api/v1/network/?level=0&at_least=2",
    "/api/v1/partners/": "/api/v1/partners/?country=ES",
    "/api/v1/support/{slug}/": "/api/v1/support/smart-specialisation-platform/",
    "/api/v1/regions/{code}/network/": "/api/v1/regions/ES21/network/",
    "/api/v1/regions/{code}/projects/": "/api/v1/regions/ES21/projects/",
    "/api/v1/regions/{code}/partners/": "/api/v1/regions/ES21/partners/",
    "/api/v1/regions/{code}/organisations/": "/api/v1/regions/ES21/organisations/",
    "/api/v1/regions/{code}/practices/": "/api/v1/regions/ES/practices/",
    "/api/v1/regions/{code}/priorities/": "/api/v1/regions/ES21/priorities/",
    "/api/v1/regions/{code}/strategies/": "/api/v1/regions/ES21/strategies/",
    "/api/v1/regions/{code}/programmes/": "/api/v1/regions/ES21/programmes/",
    "/api/v1/regions/{code}/adoptions/": "/api/v1/regions/ES21/adoptions/",
    "/api/v1/regions/{code}/transfer/": "/api/v1/regions/ES21/transfer/?w_domains=2",
    "/api/v1/organisations/{slug}/practices/": (
        "/api/v1/organisations/lund-university/practices/"
    ),
    "/api/v1/practices/": "/api/v1/practices/?evidence=documented&q=cluster",
    "/api/v1/practices/{slug}/": "/api/v1/practices/cross-clustering/",
    **{
        f"/api/v1/practices/{{slug}}/{part}/": (
            f"/api/v1/practices/cross-clustering/{part}/"
        )
        for part in ("evidence", "adoptions", "versions")
    },
    "/api/v1/projects/{slug}/partners/": "/api/v1/projects/tres/partners/",
    "/api/v1/projects/{slug}/practices/": "/api/v1/projects/know-hub/practices/",
    "/api/v1/organisations/{slug}/projects/": (
        "/api/v1/organisations/lund-university/projects/"
    ),
    "/api/v1/programmes/{slug}/projects/": (
        "/api/v1/programmes/interreg-ivc-2007-2013/projects/"
    ),
    "/api/v1/programmes/{slug}/calls/": (
        "/api/v1/programmes/interreg-ivc-2007-2013/calls/"
    ),
    "/api/v1/domains/": "/api/v1/domains/?kind=policy",
    "/api/v1/search/": "/api/v1/search/?q=inovation",
    "/api/v1/corrections/": "/api/v1/corrections/",
    "/api/v1/glossary/": "/api/v1/glossary/?q=funds",
    "/api/v1/figures/{kind}/": "/api/v1/figures/trend/?region=ES21",
}

# Asked with a token, or of a version that the starter has none of; tests/practices/api
# and tests/dashboards/practices_reader ask these.
ONE_PRACTICE = "/api/v1/practices/{slug}/"
ELSEWHERE = {f"{ONE_PRACTICE}{part}/" for part in ("draft", "submit")}
ELSEWHERE.add(f"{ONE_PRACTICE}versions/{{number}}/")
WRITES = {
    "/api/v1/practices/": {"get", "post"},
    ONE_PRACTICE: {"get", "patch"},
    f"{ONE_PRACTICE}submit/": {"post"},
}


@pytest.fixture(scope="module")
def kept():
    """The document: making and reading it takes a second, and it never changes."""
    return {}


@pytest.fixture
def schema(client, kept):
    if not kept:
        kept.update(yaml.safe_load(client.get("/api/schema/").content))
    return kept


def test_the_schema_is_valid_openapi(schema):
    validate(schema)
    assert schema["openapi"].startswith("3.")


def test_every_path_is_documented_and_has_an_example(schema):
    assert set(schema["paths"]) == set(EXAMPLES) | ELSEWHERE
    for path, methods in schema["paths"].items():
        assert set(methods) == WRITES.get(path, {"get"}), path


def test_only_writing_asks_for_a_token(schema):
    for path, methods in schema["paths"].items():
        for name, described in methods.items():
            needs = [item for item in described.get("security", [{}]) if item]
            is_open = name == "get" and not path.endswith("/draft/")
            assert is_open == ({} in described.get("security", [{}])), (path, name)
            assert is_open or needs == [{"token": []}], (path, name)


@pytest.mark.parametrize("path", EXAMPLES)
def test_a_documented_path_answers_as_documented(path, schema, client):
    response = client.get(EXAMPLES[path])
    assert response.status_code == 200
    described = schema["paths"][path]["get"]["responses"]["200"]["content"]
    shape = described["application/json"]["schema"]
    jsonschema.validate(
        response.json(),
        {
            **openapi_to_json_schema(shape),
            "components": openapi_to_json_schema(schema["components"]),
        },
    )


@pytest.mark.parametrize("path", EXAMPLES)
def test_a_documented_parameter_with_choices_takes_each_of_them(path, schema, client):
    for parameter in schema["paths"][path]["get"].get("parameters", []):
        if parameter["in"] != "query":
            continue
        for value in parameter["schema"].get("enum", []):
            base = EXAMPLES[path].split("?")[0]
            needed = {"region": "ES21"} if "figures" in path else {}
            kind = "map" if parameter["name"] in ("layout", "classes") else "trend"
            given = {**needed, parameter["name"]: value}
            response = client.get(base.replace("trend", kind), query_params=given)
            # Another NUTS version may lack the region; boundaries may not be loaded.
            allowed = {200} | ({404} if "{code}" in path else set())
            allowed |= {400} if value == "boundaries" else set()
            assert response.status_code in allowed, f"{base} {given}"


def test_every_kind_of_figure_is_in_the_schema(schema, client):
    get = schema["paths"]["/api/v1/figures/{kind}/"]["get"]
    kinds = next(p for p in get["parameters"] if p["name"] == "kind")["schema"]["enum"]
    listed = client.get("/api/v1/").json()["figures"]
    assert {url.split("/")[-2] for url in listed} == set(kinds)


def test_the_root_leads_everywhere(client):
    for name, url in client.get("/api/v1/").json().items():
        if name != "figures":
            assert client.get(url).status_code == 200, url


def openapi_to_json_schema(value):
    """OpenAPI 3.0 says nullable where JSON Schema has a type of null."""
    if isinstance(value, list):
        return [openapi_to_json_schema(item) for item in value]
    if not isinstance(value, dict):
        return value
    plain = {key: openapi_to_json_schema(item) for key, item in value.items()}
    if plain.pop("nullable", False):
        return {"anyOf": [plain, {"type": "null"}]}
    return plain
