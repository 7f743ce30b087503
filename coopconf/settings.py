"""Settings. What an installation decides is read and judged in `coopconf.environment`.

ENVIRONMENT is `production` unless said otherwise; `make run` says `development` and the tests say
`test`. Only those two have embedded defaults (SQLite, a broker in a file, mail into a folder).
"""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
import dj_email_url
from csp.constants import NONE, SELF

from coopconf import environment, logs

BASE_DIR = Path(__file__).resolve().parent.parent
installation = environment.read(BASE_DIR)

ENVIRONMENT = installation.kind
PRODUCTION = ENVIRONMENT == "production"
DEBUG = ENVIRONMENT == "development"
TESTING = ENVIRONMENT == "test"
VAR_DIR = installation.var_dir
if not PRODUCTION:
    VAR_DIR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = installation.secret_key
SECRET_KEY_FALLBACKS = installation.secret_key_fallbacks
SITE_URL = installation.site_url
SECURITY_CONTACT = installation.security_contact
CARD_PROVIDER = installation.card_provider

# --- Which host this is -----------------------------------------------------------------------
# Links in mail come from SITE_URL, never from a request.
ALLOWED_HOSTS = [installation.host]
if not PRODUCTION:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
#: Compared to the letter by ExactHostMiddleware; empty where ports are forwarded (development).
SITE_HOSTS = {installation.netloc.lower()} if PRODUCTION else set()
USE_X_FORWARDED_HOST = False
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- What it is made of -----------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its widgets, so that ours in `templates/` can stand before them
    "members.apps.StaffAdminConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "adminsortable2",
    "clock",
    "mailing",
    "members",
    "events",
    "registrations",
    "motions",
    "coopconf",
]

MIDDLEWARE = [
    "coopconf.logs.RequestLogMiddleware",
    "coopconf.headers.ExactHostMiddleware",
    "clock.middleware.ArrivalMiddleware",  # before anything that may wait
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "members.reading.ReadingMiddleware",
    "events.middleware.PageStateMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "coopconf.headers.HeadersMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "members.second_factor.SecondFactorMiddleware",
    "members.idle.IdleMiddleware",  # behind the second factor: it shows what was typed
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
if DEBUG:
    MIDDLEWARE.append("coopconf.dev.not_found.NotFoundMiddleware")

ROOT_URLCONF = "coopconf.urls"
WSGI_APPLICATION = "coopconf.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coopconf.context.site",
            ],
        },
    }
]

# --- Database ---------------------------------------------------------------------------------
DATABASES = {"default": dj_database_url.parse(installation.database_url)}
DATABASES["default"]["CONN_MAX_AGE"] = 0 if TESTING else 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue instead of failing: one IMMEDIATE transaction at a time, readers never wait.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # A stuck statement, a forgotten transaction or a lost server must not hold a web thread for
    # ever. lock_timeout leaves room for a booking rush to queue on one row. A long migration is
    # run with DATABASE_STATEMENT_TIMEOUT=0. The races of the tests queue by the hundred on one row
    # of a busy machine, and are judged by what they leave, not by how long they waited.
    _statement, _lock = (120, 120) if TESTING else (installation.statement_timeout, 10)
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        connect_timeout=3,
        options=f"-c statement_timeout={_statement}s -c lock_timeout={_lock}s "
        "-c idle_in_transaction_session_timeout=30s",
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Caches: shared by all processes -----------------------------------------------------------
# `default` counts rate limits and so fails loudly; `pages` keeps whole public pages, and a page
# that cannot be kept is made again.
if installation.cache_url:
    _redis = {"LOCATION": installation.cache_url, "KEY_PREFIX": "coopconf"}
    _redis["OPTIONS"] = {"socket_connect_timeout": 1, "socket_timeout": 2}
    CACHES = {
        "default": {"BACKEND": "coopconf.forgiving_cache.OneClientRedisCache", **_redis},
        "pages": {"BACKEND": "coopconf.forgiving_cache.ForgivingRedisCache", **_redis},
    }
elif TESTING:
    CACHES = {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
        for name in ("default", "pages")
    }
else:
    CACHES = {
        name: {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "cache" / name,
        }
        for name in ("default", "pages")
    }

# Rows that say the same to everybody, in each process's own memory: kept under the page version, as
# pickles, so that no request changes another's copy (`events.services.public_pages.kept`).
CACHES["rows"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "rows",
    "OPTIONS": {"MAX_ENTRIES": 200},
}

# --- Celery: it only wakes work whose truth is in the database ----------------------------------
REDIS_URL = installation.redis_url
CELERY_BROKER_URL = REDIS_URL or f"sqla+sqlite:///{VAR_DIR / 'broker.sqlite3'}"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_TIME_LIMIT = 120
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
if REDIS_URL:
    # Longer than any task may run, so that no task is handed out twice while it is being done.
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300, "socket_connect_timeout": 2}
    CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20

# --- Signing in -------------------------------------------------------------------------------
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"  # a one-time code first, on the same page a password
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests sign in by the thousand
    if TESTING
    else [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

ACCOUNT_ADAPTER = "members.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "members.sign_in.SignInForm",
    "signup": "members.account_forms.SignUp",
    "add_email": "members.account_forms.Address",
    "reset_password": "members.account_forms.ForgottenPassword",
    "reset_password_from_key": "members.account_forms.RecoveredPassword",
    "set_password": "members.account_forms.FirstPassword",
    "change_password": "members.account_forms.OtherPassword",
    "reauthenticate": "members.account_forms.PasswordAgain",
    "confirm_login_code": "members.account_forms.SignInCode",
    "confirm_email_verification_code": "members.account_forms.AddressCode",
    "confirm_password_reset_code": "members.account_forms.PasswordCode",
}
ACCOUNT_SIGNUP_FORM_CLASS = "members.sign_up.SignUpForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]  # a one-time code first; a password is optional, later
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600  # greylisting mail servers take minutes
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# Known and unknown addresses get the same answer and the same number of mails.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 2
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
# Only what is tighter than allauth's own; they live in the shared cache above.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/15m/key",
    "signup": "10/h/ip",
    # ours: guessing at memberships, flooding staff with claims
    "connect_membership": "5/h/user,30/h/ip",
    "claim_office": "10/h/user",
    # ours: mail to an address that an officer typed; a whole delegation fits into an hour
    "invite_officer": "30/h/user",
    "authorise_address": "60/h/user",
    "nominate": "60/h/user",
    "nominee": "60/h/ip",
    # ours: mail to an address somebody typed; a hall may share one network
    "register_interest": "120/h/ip",
    "ask_for_publication": "120/h/ip",
    "send_idea": "60/h/ip",
    "support_idea": "120/h/ip",
    "resend_links": "30/h/ip",
    "book_as_a_stranger": "120/h/ip",
    "ask_delegate": "120/h/ip",
    "tell_particulars": "120/h/ip",
    "ask_support": "60/h/ip",
    "ask_consultation": "60/h/ip",
    # ours: guessing at codes for a reduction
    "use_reduction": "30/h/ip",
    # the same where strangers come by a link and some are signed in: allauth counts no strangers
    "ask_delegate_signed_in": "60/h/user",
    "ask_support_signed_in": "20/h/user",
    "ask_consultation_signed_in": "20/h/user",
    "use_reduction_signed_in": "20/h/user",
    "nominee_signed_in": "60/h/user",
}
#: How many proxies of ours stand in front; X-Forwarded-For is believed that far and no further.
ALLAUTH_TRUSTED_PROXY_COUNT = installation.trusted_proxies
MFA_ADAPTER = "members.accounts.MFAAdapter"
MFA_FORMS = {
    "authenticate": "members.account_forms.SecondStep",
    "reauthenticate": "members.account_forms.SecondStepAgain",
    "activate_totp": "members.account_forms.NewApp",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Co-operative Party Conferences"
# 0: allauth remembers a used code for one period only, so a longer-lived one could be used twice.
MFA_TOTP_TOLERANCE = 0
MFA_RECOVERY_CODES_SHOW_ONCE = True
USERSESSIONS_TRACK_ACTIVITY = False  # it would write IP address and time at every request

# --- Sessions and cookies: in the database, so that losing Redis signs nobody out ----------------
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
#: People with privileges are signed out after so long without activity; 0 watches nobody.
IDLE_MINUTES = 30
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = PRODUCTION
if PRODUCTION:
    # __Host-: the browser itself refuses the cookie from a sister domain or without https.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

# --- Headers ------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes come from inside, without TLS
if PRODUCTION and installation.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = installation.hsts_seconds if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION and installation.hsts_preload
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
if PRODUCTION:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True

# --- What may be sent to us ----------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000  # a day of 60 sessions with a dozen fields in the admin
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_PERMISSIONS = 0o640
# Bare addresses typed into a URL field are https; Django's own default from 6.0.
FORMS_URLFIELD_ASSUME_HTTPS = True

# --- Language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
# Welsh ("cy", with LocaleMiddleware) joins when every page is translated: half a page in each
# language helps nobody.
LANGUAGES = [("en-gb", "English")]
TIME_ZONE = "Europe/London"
FORMAT_MODULE_PATH = ["coopconf.formats"]
USE_TZ = True

# --- Files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
#: Appended to at every erasure; backed up apart from the database, replayed after a restore.
ERASURE_JOURNAL = VAR_DIR / "erasures.jsonl"
MEDIA_ROOT = VAR_DIR / "media"  # never served by the web server: views hand files out
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "coopconf.static_names.StaticNames"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# No collectstatic in development and tests: files are found where they are written.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- Mail --------------------------------------------------------------------------------------
_relay = dj_email_url.parse(installation.email_url) if installation.email_url else {}
EMAIL_BACKEND = _relay.get("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = _relay.get("EMAIL_FILE_PATH") or str(VAR_DIR / "mail")
EMAIL_HOST = _relay.get("EMAIL_HOST", "")
EMAIL_PORT = _relay.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _relay.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _relay.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _relay.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _relay.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = _relay.get("EMAIL_TIMEOUT") or 10
DEFAULT_FROM_EMAIL = installation.from_email
SERVER_EMAIL = installation.from_email

# --- Logs ---------------------------------------------------------------------------------------
LOGGING = logs.configuration(as_json=PRODUCTION, level=os.environ.get("LOG_LEVEL", "INFO"))
