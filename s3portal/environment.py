"""Environment variables, read strictly: a wrong value is one plain sentence.

Every variable may also come from a file named by ``<NAME>_FILE``, as container
platforms hand over secrets. No sentence repeats a value that may hold a secret.
"""

import builtins
import math
import os
import re
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")
HOST = re.compile(
    r"^\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?$|^\[[0-9a-f:]+\]$", re.IGNORECASE
)
DATABASES = ("postgres", "postgresql", "sqlite")


class ConfigurationError(ImproperlyConfigured):
    """Its text is for whoever runs the portal: what is wrong, where, what to do."""


class Environment(environ.FileAwareEnv):  # type: ignore[misc]  # environ has no types
    """django-environ that refuses what it would otherwise guess."""

    def get_value(self, var: str, *args: Any, **kwargs: Any) -> Any:
        try:
            value = super().get_value(var, *args, **kwargs)
        except OSError as error:
            raise ConfigurationError(
                f"{var}_FILE names {error.filename}, which cannot be read "
                f"({error.strerror}). Correct the path or its permissions."
            ) from None
        # A file ends with a newline; a secret does not. Set to nothing is not set.
        value = value.strip() if isinstance(value, str) else value
        return kwargs.get("default", value) if value == "" else value

    def bool(self, var: str, default: Any = environ.Env.NOTSET) -> builtins.bool:
        text = self.str(var, default=str(default)).lower()
        if text not in TRUE + FALSE:
            raise ConfigurationError(f"{var} is {text!r}. Set it to true or false.")
        return text in TRUE

    def int(
        self,
        var: str,
        default: Any = environ.Env.NOTSET,
        *,
        least: builtins.int = 0,
    ) -> builtins.int:
        wanted = f"a whole number, {least} or more"
        return int(self._number(var, default, int, wanted, least, math.inf))

    def float(
        self,
        var: str,
        default: Any = environ.Env.NOTSET,
        *,
        least: builtins.float = 0,
        most: builtins.float = math.inf,
    ) -> builtins.float:
        reach = (
            f"from {least:g} to {most:g}" if most < math.inf else f"{least:g} or more"
        )
        wanted = f"a number, {reach}"
        return float(self._number(var, default, float, wanted, least, most))

    def _number(
        self, var: str, default: Any, kind: Any, wanted: str, least: Any, most: Any
    ) -> Any:
        text = self.str(var, default=str(default))
        try:
            value = kind(text)
        except ValueError:
            value = math.nan
        if not (least <= value <= most and value < math.inf):
            raise ConfigurationError(f"{var} is {text!r}. Set it to {wanted}.")
        return value

    def address(self, var: str, *, default: str) -> str:
        """An http or https address, without a slash at its end."""
        return self._web(var, self.str(var, default=default))

    def origins(self, var: str) -> list[str]:
        """Addresses with their scheme, separated by commas."""
        return [self._web(var, text) for text in self.list(var, default=[])]

    @staticmethod
    def _web(var: str, text: str) -> str:
        try:
            parts = urlsplit(text)
            is_good = bool(parts.hostname) and (parts.port is None or parts.port > 0)
        except ValueError:
            is_good = False
        if not is_good or parts.scheme not in ("http", "https") or " " in text:
            raise ConfigurationError(
                f"{var} contains {text!r}. Give an address with its scheme, such as "
                "https://portal.example.org."
            )
        return text.rstrip("/")

    def pairs(self, var: str) -> dict[str, str]:
        """``name=value,name=value``; nothing where the variable is not set."""
        try:
            found: dict[str, str] = self.dict(var, default={})
        except ValueError:
            raise ConfigurationError(
                f"{var} holds something else than pairs. "
                "Write name=value, separated by commas."
            ) from None
        return found

    def mail(self, var: str, *, default: str) -> dict[str, Any]:
        """Django's settings of a mail server's address."""
        try:
            url = self.str(var, default="") or default
            settings: dict[str, Any] = environ.Env.email_url_config(url)
        except (ValueError, ImproperlyConfigured, KeyError):
            raise ConfigurationError(
                f"{var} is no address of a mail server. Use "
                "smtp+tls://user:password@host:587; the password percent-encoded."
            ) from None
        return settings

    def required(self, var: str, advice: str) -> str:
        value: str = self.str(var, default="")
        if not value:
            raise ConfigurationError(f"{var} is not set. {advice}")
        return value

    def choice(self, var: str, allowed: tuple[str, ...], *, default: str) -> str:
        value: str = self.str(var, default=default)
        if value not in allowed:
            raise ConfigurationError(
                f"{var} is {value!r}. Set it to one of: {', '.join(allowed)}."
            )
        return value

    def folder(self, var: str, *, default: Path) -> Path:
        """A folder this process may write to, made when missing."""
        path = Path(self.str(var, default=str(default))).absolute()
        try:
            path.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=path):
                pass
        except OSError as error:
            raise ConfigurationError(
                f"{var} is {path}, where the portal cannot write ({error.strerror}). "
                "Name a folder that its user owns."
            ) from None
        return path

    def hosts(
        self, var: str, *, default: list[str], any_host: builtins.bool
    ) -> list[str]:
        """Host names without scheme, port or path; ``*`` only with ``any_host``."""
        hosts: list[str] = self.list(var, default=default) or default
        for host in hosts:
            if host == "*" and any_host:
                continue
            if not HOST.match(host):
                raise ConfigurationError(
                    f"{var} contains {host!r}. Give host names alone, such as "
                    "portal.example.org, separated by commas."
                )
        return hosts

    def database(self, var: str, *, default: str) -> dict[str, Any]:
        """Django's settings of a ``postgres://`` or ``sqlite:///`` address."""
        url = self.str(var, default=default)
        if not url.startswith("sqlite:"):
            parts = self._address(var, url, DATABASES)
            if len(parts.path) < 2:
                raise ConfigurationError(
                    f"{var} names no database. "
                    "Use postgres://user:password@host:5432/database."
                )
        # A percent-encoded password is decoded by the library.
        settings: dict[str, Any] = environ.Env.db_url_config(url)
        return settings

    def redis(self, var: str) -> str:
        """A ``redis://`` address, or nothing where the variable is not set."""
        url: str = self.str(var, default="")
        if not url:
            return ""
        parts = self._address(var, url, ("redis", "rediss"))
        if parts.path.strip("/") and not parts.path.strip("/").isdigit():
            raise ConfigurationError(
                f"{var} must end with a database number, as in redis://host:6379/0."
            )
        return url

    @staticmethod
    def _address(var: str, url: str, schemes: tuple[str, ...]) -> SplitResult:
        advice = f"Use {schemes[0]}://host/name; the password percent-encoded."
        try:
            parts = urlsplit(url)
            _is_number = parts.port
        except ValueError:
            raise ConfigurationError(f"{var} is not an address. {advice}") from None
        if parts.scheme not in schemes:
            raise ConfigurationError(
                f"{var} does not begin with {' or '.join(f'{s}://' for s in schemes)}. "
                f"{advice}"
            )
        if not parts.hostname:
            raise ConfigurationError(f"{var} names no host. {advice}")
        return parts


def read(dotenv: Path) -> Environment:
    """The environment, which wins over the ``.env`` file beside the project."""
    if dotenv.is_file() and os.access(dotenv, os.R_OK):
        environ.Env.read_env(dotenv)
    return Environment()
