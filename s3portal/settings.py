"""Settings: one file, driven by the environment, secure unless told otherwise.

Only ``SECRET_KEY`` is required. ``INSECURE_LOCAL=true`` (what ``make run`` writes
to ``.env``) allows plain http on this machine; everything else is production.
``docs/operations.md`` explains every variable.
"""

import tomllib
from pathlib import Path

import plotly
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from accounts import settings as accounts
from desk import settings as quality
from practices import settings as practices
from s3portal import admin_settings, environment, logs
from s3portal.rest import settings as rest
from search import settings as search
from watches import settings as watches

BASE_DIR = Path(__file__).resolve().parent.parent
env = environment.read(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
INSECURE_LOCAL = env.bool("INSECURE_LOCAL", default=False)
SECRET_KEY = env.required(
    "SECRET_KEY", "Run `make setup`, or set it to 50 or more random characters."
)
ALLOWED_HOSTS = env.hosts(
    "ALLOWED_HOSTS",
    default=["localhost", "127.0.0.1", "[::1]"],
    any_host=INSECURE_LOCAL or DEBUG,
)
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")
VAR_DIR = env.folder("VAR_DIR", default=BASE_DIR / "var")

INSTALLED_APPS = [
    *admin_settings.APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django_celery_beat",
    "corsheaders",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "simple_history",
    "django_structlog",
    *accounts.APPS,
    "s3portal",
    "sources",
    "regions",
    "accounts",
    "strategies",
    "programmes",
    "projects",
    "indicators",
    "practices",
    "exchange",
    "search",
    "desk",
    "watches",
    "dashboards",
]

MIDDLEWARE = [
    "s3portal.health.ProbeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "s3portal.logs.RequestLogMiddleware",
    "s3portal.metrics.MetricsMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    *accounts.MIDDLEWARE,
]

ROOT_URLCONF = "s3portal.urls"
WSGI_APPLICATION = "s3portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dashboards.context_processors.shell",
                "accounts.context_processors.notices",
            ],
        },
    },
]

# SQLite in WAL mode by default; DATABASE_URL=postgres://... in production.
DATABASES = {
    "default": env.database(
        "DATABASE_URL", default=f"sqlite:///{VAR_DIR / 's3portal.db'}"
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            "PRAGMA cache_size=-64000; PRAGMA foreign_keys=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.redis("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 5},
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
}

# The embedded default runs the same Celery on a file queue under var/.
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
if not REDIS_URL:
    _QUEUE = VAR_DIR / "queue"
    _QUEUE.mkdir(exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "data_folder_in": str(_QUEUE),
        "data_folder_out": str(_QUEUE),
        "control_folder": str(_QUEUE / "control"),
    }
CELERY_TASK_SOFT_TIME_LIMIT = env.int("TASK_TIME_LIMIT", default=3000)
CELERY_TASK_TIME_LIMIT = CELERY_TASK_SOFT_TIME_LIMIT + 60
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        # Just above the longest task: a shorter one would be delivered twice.
        "visibility_timeout": CELERY_TASK_TIME_LIMIT + 60,
        "socket_connect_timeout": 5,
        "socket_timeout": 30,
        "socket_keepalive": True,
        "health_check_interval": 25,
    }
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a broker that is away comes back
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
# No results are kept, so nothing has to clean them up.
CELERY_RESULT_EXPIRES = None
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_SCHEDULE = {
    "find lost runs": {"task": "sources.tasks.sweep", "schedule": 60.0},
    "publish what is due": {"task": "sources.tasks.publish_due", "schedule": 120.0},
    **search.BEAT,
    **accounts.BEAT,
    **practices.BEAT,
    **quality.BEAT,
    **watches.BEAT,
}

# A run holds its target for RUN_LEASE seconds, renewed every RUN_HEARTBEAT seconds.
RUN_LEASE = env.float("RUN_LEASE", default=120)
RUN_HEARTBEAT = env.float("RUN_HEARTBEAT", default=2)
# What may pass is tried RUN_ATTEMPTS times, RUN_BACKOFF seconds apart at first.
RUN_ATTEMPTS = env.int("RUN_ATTEMPTS", default=5, least=1)
RUN_BACKOFF = env.float("RUN_BACKOFF", default=60)
# Seconds after which a message to the workers counts as lost.
RUN_MESSAGE_LIFE = env.float("RUN_MESSAGE_LIFE", default=300)
# Who is told of runs that wait for a person.
INGEST_MAIL = env.list(
    "INGEST_MAIL", default=["operator@localhost"] if INSECURE_LOCAL else []
)
# Mail goes to files under var/outbox unless EMAIL_URL names a server.
vars().update(env.mail("EMAIL_URL", default=f"filemail:///{VAR_DIR / 'outbox'}"))
MAIL_FROM = env.str("MAIL_FROM", default="") or "s3portal@localhost"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
# Plotly.js is never committed: the small bundle from npm where it is installed,
# else the file inside the plotly wheel. Both are the version Python emits.
_NPM_PLOTLY = BASE_DIR / "node_modules" / "plotly.js-basic-dist-min"
_WHEEL_PLOTLY = Path(plotly.__file__).parent / "package_data"
PLOTLY_FILE = (
    "plotly-basic.min.js"
    if (_NPM_PLOTLY / "plotly-basic.min.js").exists()
    else "plotly.min.js"
)
STATICFILES_DIRS = [BASE_DIR / "static"]
PLOTLY_DIR = _NPM_PLOTLY if PLOTLY_FILE.startswith("plotly-basic") else _WHEEL_PLOTLY
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "s3portal.staticfiles.PlotlyFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "s3portal.staticfiles.ManifestStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = VAR_DIR / "media"
SNAPSHOT_DIR = VAR_DIR / "snapshots"

SECURE_SSL_REDIRECT = not INSECURE_LOCAL
SECURE_HSTS_SECONDS = 0 if INSECURE_LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not INSECURE_LOCAL
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not INSECURE_LOCAL
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "script-src": [SELF],
        "style-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

DESK_POLICY = admin_settings.DESK_POLICY
UNFOLD = admin_settings.UNFOLD

# The API is open to scripts on any website: it reads, and knows no cookies.
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/(api/|status\.json$)"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]

REST_FRAMEWORK = rest.REST_FRAMEWORK
SPECTACULAR_SETTINGS = rest.SPECTACULAR_SETTINGS

EUROSTAT_HOST = env.address("EUROSTAT_HOST", default="https://ec.europa.eu/eurostat")
GISCO_HOST = env.address("GISCO_HOST", default="https://gisco-services.ec.europa.eu")
OECD_HOST = env.address("OECD_HOST", default="https://sdmx.oecd.org/public/rest")
# Tables are fetched from these hosts only; an address of a private network besides
# needs its host in TABLE_PRIVATE_HOSTS.
TABLE_HOSTS = env.list("TABLE_HOSTS", default=["ec.europa.eu"])
TABLE_PRIVATE_HOSTS = env.list("TABLE_PRIVATE_HOSTS", default=[])
# Where a table is, over what the definitions say: EC_RTD:ris=https://host/file.xlsx
TABLE_ADDRESSES = env.pairs("TABLE_ADDRESSES")
FETCH_TIMEOUT = env.float("FETCH_TIMEOUT", default=60.0, least=0.1)
FETCH_DEADLINE = env.float("FETCH_DEADLINE", default=1800.0, least=1)
FETCH_ATTEMPTS = env.int("FETCH_ATTEMPTS", default=4, least=1)
FETCH_BACKOFF = env.float("FETCH_BACKOFF", default=2.0)
FETCH_MAX_BYTES = env.int("FETCH_MAX_BYTES", default=4_000_000_000)
# The largest file that can be uploaded; unpacked it may have ten times as much.
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=10_000_000)
# Who looks for viruses in files of practices: clamd (tcp://host:3310, unix:///path),
# or a callable of the operator's own by its dotted path.
CLAMD_URL = env.str("CLAMD_URL", default="")
UPLOAD_SCANNER = env.str("UPLOAD_SCANNER", default="")
# Days between two looks at a source that has a fetcher; 0 for none at all.
CHECK_EVERY = env.int("CHECK_EVERY", default=1)

PORTAL_VERSION: str = tomllib.loads(
    (BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
)["project"]["version"]

# The classification the pages show; a reader may choose another.
NUTS_VERSION = 2024
# A complete load that takes away more than this share of a dataflow's values waits
# for a person's yes.
MAX_VALUE_DROP = env.float("MAX_VALUE_DROP", default=0.2, most=1)

# For gunicorn.conf.py.
PORT = env.int("PORT", default=8000)
_SIGN_IN = accounts.read(
    env, insecure_local=INSECURE_LOCAL, hosts=ALLOWED_HOSTS, port=PORT
)
vars().update(_SIGN_IN)
PORTAL_URL: str = _SIGN_IN["PORTAL_URL"]
STAFF_MFA_REQUIRED: bool = _SIGN_IN["STAFF_MFA_REQUIRED"]
LINK_CHECK = env.bool("LINK_CHECK", default=not INSECURE_LOCAL)
LINK_CHECK_DAYS = env.int("LINK_CHECK_DAYS", default=7)
# At most so many addresses a run, so many seconds between two of one host.
LINK_CHECK_MOST = env.int("LINK_CHECK_MOST", default=500)
LINK_CHECK_DELAY = env.float("LINK_CHECK_DELAY", default=5.0)
LINK_CHECK_TIMEOUT = env.float("LINK_CHECK_TIMEOUT", default=15.0)
# A link is broken once it failed on so many different days.
LINK_CHECK_FAILURES = env.int("LINK_CHECK_FAILURES", default=3)
# Hosts of the operator's own network that may be asked nevertheless.
LINK_CHECK_PRIVATE_HOSTS = env.list("LINK_CHECK_PRIVATE_HOSTS", default=[])
# Webhooks go to these hosts only; without any they are offered nowhere.
WEBHOOK_HOSTS = env.hosts("WEBHOOK_HOSTS", default=[], any_host=False)
# Those of them that may lie in the operator's own network and answer without TLS.
WEBHOOK_PRIVATE_HOSTS = env.hosts("WEBHOOK_PRIVATE_HOSTS", default=[], any_host=False)
WEBHOOK_TIMEOUT = env.float("WEBHOOK_TIMEOUT", default=10.0)
# After so many days without a success an endpoint is switched off.
WEBHOOK_FAILED_DAYS = env.int("WEBHOOK_FAILED_DAYS", default=5)
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += _SIGN_IN["OIDC_ORIGINS"]
WEB_WORKERS = env.int("WEB_WORKERS", default=3, least=1)
# Seconds a starting process waits for a database and Redis that are starting too.
STARTUP_TIMEOUT = env.float("STARTUP_TIMEOUT", default=0)
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

LOG_FORMAT = env.choice(
    "LOG_FORMAT", logs.FORMATS, default="text" if INSECURE_LOCAL else "json"
)
LOG_LEVEL = env.choice(
    "LOG_LEVEL", logs.LEVELS, default="WARNING" if INSECURE_LOCAL else "INFO"
)
logs.configure_structlog()
LOGGING = logs.logging_settings(LOG_FORMAT, LOG_LEVEL)
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = None
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = 20  # INFO: a mistyped address is no fault
