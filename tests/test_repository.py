"""Rules of the repository that a reviewer should not have to remember."""

import hashlib
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
LARGEST = 2_000_000  # bytes
SECRET = re.compile(
    rb"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    rb"|(?m:^SECRET_KEY[ \t]*=[ \t]*[\"']?[\w-]{20,})"
    rb"|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{36}\b"
)
# Not ours, or made by a tool.
EXEMPT = re.compile(r"(^|/)migrations/|^package-lock\.json$|^requirements.*\.txt$")


def tracked(*patterns: str) -> list[Path]:
    """Files of the repository: committed, or about to be (not ignored)."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.decode()
    paths = {ROOT / name for name in listed.split("\0") if name}
    return sorted(path for path in paths if path.is_file())


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_there_are_files_to_judge():
    assert {"manage.py", "Makefile", "docker-compose.yml"} <= set(
        map(name_of, tracked())
    )


def test_no_file_is_large():
    large = [name_of(path) for path in tracked() if path.stat().st_size > LARGEST]
    assert large == []


@pytest.mark.real_files
def test_no_file_of_a_publisher_is_in_the_repository(real_data):
    theirs = {digest(path) for path in real_data.rglob("*") if path.is_file()}
    ours = [name_of(path) for path in tracked() if digest(path) in theirs]
    assert ours == []


def test_no_boundary_geometry_is_in_the_repository():
    """Official boundaries are EuroGeographics' and may not be passed on."""
    names = map(name_of, tracked("*.geojson", "*.topojson", "*.shp", "*.gpkg"))
    assert [name for name in names if not name.startswith("tests/data/")] == []


def test_no_secret_is_in_the_repository():
    assert [name_of(p) for p in tracked() if SECRET.search(p.read_bytes())] == []


def test_env_file_is_ignored():
    assert ".env" in (ROOT / ".gitignore").read_text().split()


@pytest.mark.parametrize(
    ("patterns", "most"),
    [
        (["*.html"], 100),
        (["*.py", ":!tests"], 400),
        (["tests/*.py"], 500),
        (["static/js/*.js"], 250),
    ],
    ids=["templates", "python", "tests", "scripts"],
)
def test_files_stay_short(patterns, most):
    long = {name_of(path): lines(path) for path in tracked(*patterns)}
    assert {n: c for n, c in long.items() if c > most and not EXEMPT.search(n)} == {}


def test_templates_have_no_inline_script_or_style():
    """The content security policy would drop them without a word."""
    inline = re.compile(r"<script(?![^>]*(src=|type=\"application/))|\sstyle=|\son\w+=")
    assert [name_of(p) for p in tracked("*.html") if inline.search(p.read_text())] == []


def test_nothing_is_left_to_do():
    mark = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "lorem" + " ipsum"]))
    code = tracked("*.py", "*.html", "*.css", "*.js", "*.sh", "Makefile")
    assert [name_of(p) for p in code if mark.search(p.read_text("utf-8"))] == []


def compose_image(service: str) -> str:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    image: str = compose["services"][service]["image"]
    return image


def test_ci_and_compose_use_the_same_postgres():
    wanted = re.search(
        r"^postgres_major=(\d+)$", (ROOT / ".ci/run").read_text(), re.MULTILINE
    )
    assert wanted, ".ci/run names no PostgreSQL version"
    assert compose_image("postgres").startswith(f"postgres:{wanted[1]}")


def test_compose_keeps_secrets_out():
    text = (ROOT / "docker-compose.yml").read_text()
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD"):
        assert re.search(rf"{name}: \${{{name}:\?", text), f"{name} is not required"


def test_changelog_names_the_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    heading = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert heading
    assert heading[1] == project["version"]


def test_documented_commands_exist():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for path in tracked("*.md"):
        named = set(re.findall(r"(?:`|^)make ([a-z]+)", path.read_text(), re.MULTILINE))
        assert named <= targets, f"{name_of(path)} names {named - targets}"


def test_documented_management_commands_exist():
    from django.core.management import get_commands

    for path in tracked("*.md"):
        named = set(re.findall(r"manage\.py ([a-z_]+)", path.read_text()))
        assert named <= set(get_commands()), name_of(path)


def test_links_between_documents_lead_somewhere():
    for path in tracked("*.md"):
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8")):
            if "://" not in target and not target.startswith("mailto:"):
                assert (path.parent / target).exists(), f"{name_of(path)}: {target}"


def test_readme_tree_names_every_folder():
    readme = (ROOT / "README.md").read_text("utf-8")
    folders = {name_of(path).split("/")[0] for path in tracked() if path.parent != ROOT}
    missing = [name for name in sorted(folders) if f"{name}/" not in readme]
    assert missing == []


def test_lock_files_hold_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {
        "requirements.txt": project["dependencies"],
        "requirements-dev.txt": project["optional-dependencies"]["dev"],
    }
    for name, dependencies in wanted.items():
        locked = set(
            re.findall(r"^([\w.-]+)==", (ROOT / name).read_text(), re.MULTILINE)
        )
        asked = {re.match(r"[\w-]+", text)[0].lower() for text in dependencies}
        assert asked <= locked, f"{name} lacks {asked - locked}"


def test_plotly_bundle_is_the_version_python_emits():
    """plotly.py writes figures for one plotly.js; another may not draw them."""
    import plotly

    bundle = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    shipped = re.search(r"plotly\.js v([\d.]+)", bundle.read_text("utf-8")[:300])
    package = (ROOT / "package.json").read_text()
    assert shipped
    assert f'"plotly.js-basic-dist-min": "{shipped[1]}"' in package
