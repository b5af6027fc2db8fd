"""docker-compose.yml, Dockerfile, docs/operations.md and the settings agree."""

import os
import re
import shlex
import shutil
import subprocess
import tomllib

import pytest
import yaml

# Compose's own, and those a reader of .env.example has no use for.
ONLY_COMPOSE = {"POSTGRES_PASSWORD"}
LONG_RUNNING = {"web", "worker", "beat", "postgres", "redis"}
SECRETS = {
    "SECRET_KEY": "x" * 50,
    "POSTGRES_PASSWORD": "abc123",
    "ALLOWED_HOSTS": "portal.example.org",
}


@pytest.fixture
def compose(root) -> dict:
    return yaml.safe_load((root / "docker-compose.yml").read_text())


@pytest.fixture
def operations(root) -> str:
    return (root / "docs/operations.md").read_text()


@pytest.fixture
def dockerfile(root) -> str:
    return (root / "Dockerfile").read_text()


def asked_of_the_environment(root) -> set[str]:
    files = "s3portal/settings.py", "accounts/settings.py"
    text = "".join((root / file).read_text() for file in files)
    return set(re.findall(r"\benv\.\w+\(\s*\"([A-Z_]+)\"", text))


def documented(operations: str) -> set[str]:
    return set(re.findall(r"^\| `([A-Z_]+)` \|", operations, re.MULTILINE))


def test_every_variable_is_documented(root, operations):
    assert documented(operations) == asked_of_the_environment(root)


def test_the_image_has_the_version_of_the_project(root, compose):
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    assert compose["x-portal"]["image"] == f"s3portal:{project['version']}"


def test_the_example_names_every_variable(root):
    text = (root / ".env.example").read_text()
    named = set(re.findall(r"^#? ?([A-Z_]+)=", text, re.MULTILINE))
    assert named == asked_of_the_environment(root)


def test_compose_passes_on_what_the_settings_read(root, compose):
    given = set(compose["x-portal"]["environment"])
    assert given <= asked_of_the_environment(root)


def test_the_documented_commands_are_those_of_compose(compose, operations):
    rows = re.findall(r"^\| (\w+) \| [^|]+ \| `([^`]+)` \|$", operations, re.MULTILINE)
    commands = {name: compose["services"][name]["command"] for name, _ in rows}
    assert dict(rows) == commands
    assert set(commands) == {"web", "worker", "beat"}


def test_the_image_serves_by_the_same_command(compose, dockerfile):
    (command,) = re.findall(r"^CMD (\[.+\])$", dockerfile, re.MULTILINE)
    assert yaml.safe_load(command) == shlex.split(compose["services"]["web"]["command"])


def test_every_service_is_watched_and_comes_back(compose):
    services = compose["services"]
    assert set(services) == LONG_RUNNING | {"prepare"}
    for name in LONG_RUNNING:
        assert services[name]["healthcheck"]["test"], name
        assert services[name]["restart"] == "unless-stopped", name
        assert services[name]["logging"]["options"]["max-size"], name
    assert services["prepare"]["restart"] == "no"


def test_every_service_has_as_few_rights_as_it_can(compose, dockerfile):
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert "no-new-privileges:true" in service["security_opt"], name
    assert re.search(r"^USER (?!root)\w+$", dockerfile, re.MULTILINE)


def test_the_web_is_watched_by_its_own_address(compose):
    assert "/healthz" in " ".join(compose["services"]["web"]["healthcheck"]["test"])


def test_the_client_programs_are_of_the_servers_version(compose, dockerfile):
    server = compose["services"]["postgres"]["image"].split(":")[1]
    assert f"postgresql-client-{server}" in dockerfile


def test_static_files_are_compressed_in_the_image(root, dockerfile):
    """Beside the file of every style sheet lies a smaller one."""
    from whitenoise.storage import CompressedManifestStaticFilesStorage

    from s3portal.staticfiles import ManifestStorage

    assert "collectstatic" in dockerfile
    assert (
        '"s3portal.staticfiles.ManifestStorage"'
        in (root / "s3portal/settings.py").read_text()
    )
    assert issubclass(ManifestStorage, CompressedManifestStaticFilesStorage)


def compose_program() -> list[str] | None:
    """Compose as a plug-in of docker, or the program of its own."""
    for program in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(program[0]) is None:
            continue
        done = subprocess.run([*program, "version"], capture_output=True, check=False)
        if done.returncode == 0:
            return program
    return None


def test_docker_accepts_the_file(root, request, tmp_path):
    """By ``docker compose config``, which needs no engine; CI installs it."""
    text = (root / "docker-compose.yml").read_text()
    asked = set(re.findall(r"\$\{(\w+):\?", text))
    assert asked == set(SECRETS)
    program = compose_program()
    if program is None:
        assert os.environ.get("CI") != "true", "install docker-compose"
        told = request.config.pluginmanager.get_plugin("terminalreporter")
        told.write_line("\n!! docker compose is not there: its check is left out")
        return
    configured = subprocess.run(
        [*program, "-f", str(root / "docker-compose.yml"), "config"],
        env=SECRETS | {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert configured.returncode == 0, configured.stderr
    web = yaml.safe_load(configured.stdout)["services"]["web"]
    assert web["environment"]["DATABASE_URL"] == (
        "postgres://s3portal:abc123@postgres:5432/s3portal"
    )
