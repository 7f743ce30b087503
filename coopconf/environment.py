"""Reads the environment and refuses, in a sentence, what is missing or unsafe.

`read()` collects every fault before it raises, so that an operator mends all of them at once. It
knows no Django setting, only the values that an installation must decide. `production` is what an
installation is unless it says otherwise; only `development` and `test` have embedded defaults.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

KINDS = ("production", "development", "test")
SECRET_KEY_LENGTH = 50
SECRET_KEY_LETTERS = 10
EMBEDDED_KEY = "embedded-key-of-a-development-machine-that-production-refuses"
POSTGRES_SCHEMES = {"postgres", "postgresql", "pgsql"}
DATABASE_SCHEMES = POSTGRES_SCHEMES | {"sqlite"}
REDIS_SCHEMES = {"redis", "rediss"}
MAIL_SCHEMES = {"smtp", "submission", "submit"}
PRACTICE_MAIL_SCHEMES = MAIL_SCHEMES | {"console", "dummy", "file", "memory"}
OWN_MACHINE = {"localhost", "127.0.0.1", "::1", ""}


@dataclass(frozen=True)
class Environment:
    """The decided values of one installation."""

    kind: str
    secret_key: str
    secret_key_fallbacks: list[str]
    site_url: str
    database_url: str
    redis_url: str
    cache_url: str
    email_url: str
    from_email: str
    security_contact: str
    trusted_proxies: int
    hsts_seconds: int
    hsts_preload: bool
    statement_timeout: int
    card_provider: str
    var_dir: Path

    @property
    def host(self) -> str:
        """The host name of the site, without a port."""
        return urlsplit(self.site_url).hostname or ""

    @property
    def netloc(self) -> str:
        """The host as a browser sends it: with the port when it is not the usual one."""
        return urlsplit(self.site_url).netloc


@dataclass
class Reader:
    """Reads one value after another, keeping a sentence for each that will not do."""

    env: Env
    production: bool
    faults: list[str] = field(default_factory=list)

    def text(
        self,
        name: str,
        *,
        embedded: str,
        check: Callable[[str], str | None],
        form: Callable[[str], str | None] = lambda value: None,
        what: str,
    ) -> str:
        """A value that production must be given and that `check` must accept there.

        `embedded` stands in for it in development and tests, where a given value needs only the
        right `form`; `what` says what to write.
        """
        value = self.env.str(name, "")
        if not value and not self.production:
            return embedded
        look = check if self.production else form
        if not value:
            self.faults.append(f"{name} is missing: {what}")
        elif (fault := look(value)) is not None:
            self.faults.append(f"{name} {fault}: {what}")
        return value

    def typed(self, name: str, parse: Callable[..., Any], default: Any) -> Any:
        """An optional value that must be of its type when it is given."""
        try:
            return parse(name, default)
        except EnvError:
            self.faults.append(f"{name} is not understood: leave it out or write it like {default}")
            return default

    def number(self, name: str, default: int) -> int:
        """An optional whole number, not negative."""
        value = self.typed(name, self.env.int, default)
        if value < 0:
            self.faults.append(f"{name} is negative: leave it out or write it like {default}")
        return value


def read(base_dir: Path) -> Environment:
    """The installation's values.

    Raises ImproperlyConfigured naming each value that is missing or unsafe, and how to mend it.
    """
    env = Env()
    kind = env.str("ENVIRONMENT", "production")
    if kind not in KINDS:
        raise ImproperlyConfigured(f"ENVIRONMENT is '{kind}': write one of {', '.join(KINDS)}.")
    reader = Reader(env, production=kind == "production")
    var_dir = Path(env.str("VAR_DIR", str(base_dir / "var"))).resolve()
    values = _values(reader, kind=kind, var_dir=var_dir)
    if reader.production and env.str("DEBUG", "").lower() not in {"", "0", "false", "no", "off"}:
        reader.faults.append("DEBUG is set: production never shows its insides, take it out")
    if reader.faults:
        listed = "\n".join(f"  - {fault}." for fault in reader.faults)
        raise ImproperlyConfigured(
            f"This installation is not safely configured (ENVIRONMENT={kind}):\n{listed}\n"
            "docs/operating.md describes each value."
        )
    return values


def _values(reader: Reader, *, kind: str, var_dir: Path) -> Environment:
    redis_url = reader.text(
        "REDIS_URL",
        embedded="",
        check=_redis_fault,
        form=_redis_fault,
        what="write redis://HOST:6379/0; it wakes the workers and keeps the rate limits",
    )
    return Environment(
        kind=kind,
        **_identity(reader),
        **_mail(reader),
        database_url=reader.text(
            "DATABASE_URL",
            embedded=f"sqlite:///{var_dir / 'coopconf.sqlite3'}",
            check=lambda value: _scheme(value, POSTGRES_SCHEMES, "is not a PostgreSQL database"),
            form=_database_form_fault,
            what="write postgresql://USER:PASSWORD@HOST/NAME; "
            "several machines cannot share an SQLite file",
        ),
        redis_url=redis_url,
        cache_url=reader.env.str("CACHE_URL", redis_url),
        trusted_proxies=reader.number("TRUSTED_PROXIES", 1 if reader.production else 0),
        hsts_seconds=reader.number("HSTS_SECONDS", 365 * 24 * 3600),
        hsts_preload=reader.typed("HSTS_PRELOAD", reader.env.bool, True),
        statement_timeout=reader.number("DATABASE_STATEMENT_TIMEOUT", 15),
        card_provider=_card_provider(reader),
        var_dir=var_dir,
    )


def _card_provider(reader: Reader) -> str:
    """Who takes cards on the site; nobody unless said. One that takes no money is for practice."""
    named = reader.env.str("CARD_PROVIDER", "")
    known = {"": "", "practice": "registrations.practice_cards.PracticeCards"}
    if named not in known:
        reader.faults.append(f"CARD_PROVIDER is '{named}': leave it out, cards are not taken yet")
    elif named and reader.production:
        reader.faults.append("CARD_PROVIDER takes no money: it is for development, leave it out")
    return known.get(named, "")


def _identity(reader: Reader) -> dict[str, Any]:
    return {
        "secret_key": reader.text(
            "SECRET_KEY",
            embedded=EMBEDDED_KEY,
            check=_secret_key_fault,
            what="write 50 or more random characters, for example from "
            "`python3 -c 'import secrets; print(secrets.token_urlsafe(50))'`",
        ),
        "secret_key_fallbacks": reader.typed("SECRET_KEY_FALLBACKS", reader.env.list, []),
        "site_url": reader.text(
            "SITE_URL",
            embedded="http://127.0.0.1:8000",
            check=_site_url_fault,
            form=_site_url_form_fault,
            what="write the public address with https and without a path, "
            "like https://conference.example; links in mail and allowed hosts come from it",
        ).rstrip("/"),
        "security_contact": reader.text(
            "SECURITY_CONTACT",
            embedded="mailto:security@localhost",
            check=_contact_fault,
            form=_contact_fault,
            what="write where weaknesses are reported, like mailto:security@party.example",
        ),
    }


def _mail(reader: Reader) -> dict[str, Any]:
    return {
        "email_url": reader.text(
            "EMAIL_URL",
            embedded="",
            check=_email_url_fault,
            form=_email_url_form_fault,
            what="write the mail relay, like submission://USER:PASSWORD@HOST:587",
        ),
        "from_email": reader.text(
            "DEFAULT_FROM_EMAIL",
            embedded="Co-operative Party Conferences <conferences@localhost>",
            check=_address_fault,
            form=_address_form_fault,
            what="write the sender of every mail, like Conferences <conferences@party.example>",
        ),
    }


def _scheme(value: str, allowed: set[str], fault: str) -> str | None:
    parts = urlsplit(value)
    return None if parts.scheme in allowed and (parts.hostname or parts.query) else fault


def _redis_fault(value: str) -> str | None:
    return _scheme(value, REDIS_SCHEMES, "is not the address of a Redis server")


def _database_form_fault(value: str) -> str | None:
    known = urlsplit(value).scheme in DATABASE_SCHEMES
    return None if known else "is the address of neither PostgreSQL nor SQLite"


def _secret_key_fault(value: str) -> str | None:
    if value == EMBEDDED_KEY or value.startswith("django-insecure-"):
        return "is the one of a development machine"
    if len(value) < SECRET_KEY_LENGTH:
        return "is too short"
    if len(set(value)) < SECRET_KEY_LETTERS:
        return "is too easily guessed"
    return None


def _site_url_fault(value: str) -> str | None:
    parts = urlsplit(value)
    if parts.scheme != "https":
        return "does not begin with https://"
    if (parts.hostname or "") in OWN_MACHINE:
        return "names no host that others can reach"
    return _more_than_a_host(value)


def _site_url_form_fault(value: str) -> str | None:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return "is not the address of a site"
    return _more_than_a_host(value)


def _more_than_a_host(value: str) -> str | None:
    parts = urlsplit(value)
    more = parts.path.rstrip("/") or parts.query or parts.fragment or parts.username
    return "is more than a host" if more else None


def _email_url_form_fault(value: str) -> str | None:
    known = urlsplit(value).scheme in PRACTICE_MAIL_SCHEMES
    return None if known else "is not the address of a mail relay"


def _email_url_fault(value: str) -> str | None:
    fault = _scheme(value, MAIL_SCHEMES, "is not the address of a mail relay")
    if fault:
        return fault
    encrypted = urlsplit(value).scheme != "smtp" or "tls=" in value or "ssl=" in value
    if not encrypted and urlsplit(value).hostname not in OWN_MACHINE:
        return "would send passwords and mail over the network in clear"
    return None


def _address_fault(value: str) -> str | None:
    domain = value.rstrip("> ").rpartition("@")[2]
    return None if "." in domain else "has no address that can be answered"


def _address_form_fault(value: str) -> str | None:
    return None if "@" in value.strip("@<> ") else "has no address"


def _contact_fault(value: str) -> str | None:
    ok = value.startswith("https://") or (value.startswith("mailto:") and "@" in value)
    return None if ok else "is neither mailto: nor https:"
