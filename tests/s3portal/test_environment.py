"""A wrong variable is one plain sentence that names it and holds no secret."""

from urllib.parse import unquote

import pytest

from s3portal.environment import ConfigurationError, Environment


@pytest.fixture
def env(monkeypatch):
    def make(**variables: str) -> Environment:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return Environment()

    return make


@pytest.mark.parametrize(
    ("text", "value"), [("true", True), ("1", True), ("no", False), ("", False)]
)
def test_bool(env, text, value):
    assert env(SWITCH=text).bool("SWITCH", default=False) is value


def test_set_to_nothing_is_not_set(env):
    assert env(NAME="").str("NAME", default="fallback") == "fallback"
    assert env(COUNT="").int("COUNT", default=3) == 3
    assert env(SWITCH="").bool("SWITCH", default=True) is True


@pytest.mark.parametrize(
    ("ask", "text", "wanted"),
    [
        (lambda e: e.bool("X", default=False), "perhaps", "Set it to true or false"),
        (lambda e: e.int("X", default=1), "1.5", "a whole number"),
        (lambda e: e.int("X", default=1), "-1", "0 or more"),
        (lambda e: e.int("X", default=1, least=1), "0", "a whole number, 1 or more"),
        (lambda e: e.float("X", default=1), "nan", "a number"),
        (lambda e: e.float("X", default=1), "inf", "a number, 0 or more"),
        (lambda e: e.float("X", default=1, most=1), "20", "a number, from 0 to 1"),
        (lambda e: e.address("X", default=""), "ec.europa.eu", "with its scheme"),
        (lambda e: e.address("X", default=""), "https://host:port", "with its scheme"),
        (lambda e: e.address("X", default=""), "ftp://host", "with its scheme"),
        (lambda e: e.origins("X"), "https://a.org,b.org", "contains 'b.org'"),
        (lambda e: e.pairs("X"), "foo", "name=value"),
        (lambda e: e.mail("X", default=""), "foo", "smtp+tls://"),
        (lambda e: e.choice("X", ("a", "b"), default="a"), "c", "one of: a, b"),
        (lambda e: e.required("X", "Do this."), "", "X is not set. Do this."),
        (lambda e: e.redis("X"), "http://localhost", "redis://"),
        (lambda e: e.redis("X"), "redis:///0", "names no host"),
        (lambda e: e.redis("X"), "redis://host/name", "database number"),
    ],
)
def test_a_wrong_value_says_what_is_wanted(env, ask, text, wanted):
    with pytest.raises(ConfigurationError, match=r"^X ") as caught:
        ask(env(X=text))
    assert wanted in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "localhost",
        "mysql://user:geheim@host/name",
        "postgres://user:geheim@host",
        "postgres://user:geheim@host:port/name",
        "postgres://user:geheim@/name",
    ],
)
def test_a_wrong_database_address_keeps_its_password(env, url):
    with pytest.raises(ConfigurationError, match=r"^DATABASE_URL ") as caught:
        env(DATABASE_URL=url).database("DATABASE_URL", default="sqlite:///x")
    assert "geheim" not in str(caught.value)


def test_database_address(env):
    url = "postgres://user:p%40ss@host:5433/name?sslmode=require"
    found = env(DATABASE_URL=url).database("DATABASE_URL", default="")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("host", 5433, "name")
    assert found["PASSWORD"] == unquote("p%40ss")
    assert found["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(
    "hosts", ["https://x.org", "x.org:8000", "x.org/path", "a b", "*"]
)
def test_wrong_host_names(env, hosts):
    with pytest.raises(ConfigurationError, match=r"^HOSTS contains"):
        env(HOSTS=hosts).hosts("HOSTS", default=[], any_host=False)


def test_host_names(env):
    hosts = env(HOSTS="x.org,.y.org,127.0.0.1,[::1]").hosts(
        "HOSTS", default=[], any_host=False
    )
    assert hosts == ["x.org", ".y.org", "127.0.0.1", "[::1]"]
    assert env(HOSTS="*").hosts("HOSTS", default=[], any_host=True) == ["*"]


def test_a_secret_from_a_file(env, tmp_path):
    (tmp_path / "key").write_text("from-a-file\n")
    found = env(SECRET_KEY_FILE=str(tmp_path / "key"))
    assert found.required("SECRET_KEY", "") == "from-a-file"


def test_a_secret_file_that_is_not_there(env, tmp_path):
    with pytest.raises(ConfigurationError, match=r"^KEY_FILE names .* cannot be read"):
        env(KEY_FILE=str(tmp_path / "none")).str("KEY", default="")


def test_a_folder_is_made_and_must_be_writable(env, tmp_path):
    made = env(VAR=str(tmp_path / "a" / "b")).folder("VAR", default=tmp_path)
    assert made.is_dir()
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match=r"^VAR is .* cannot write"):
        env(VAR=str(tmp_path / "file")).folder("VAR", default=tmp_path)
