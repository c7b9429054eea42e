"""Settings, all from the environment; secure by default. `.env.example` lists every name."""

import os
import sys
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from portal.logs import LOGGING  # noqa: F401 (a setting)

BASE_DIR = Path(__file__).resolve().parent.parent
GIVES_UP = 4  # the exit status at which gunicorn does not try again
VAR_DIR = Path(os.environ.get("INGANG_VAR_DIR", BASE_DIR / "var"))


def _flag(name: str, default: str = "0") -> bool:
    return os.environ.get(name, default).lower() in {"1", "true", "yes", "on"}


def _list(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def _required(name: str, sentence: str) -> str:
    """A value without a default. Without it nothing starts, and the log says why in one line, not in a traceback."""
    value = os.environ.get(name, "")
    if not value:
        sys.stderr.write(f"{name} is not set. {sentence}\n")
        sys.exit(GIVES_UP)
    return value


DEBUG = _flag("DEBUG")
DEMO = _flag("INGANG_DEMO")  # the demo region: invented people, no second factor, and every page says so
SECRET_KEY = _required("SECRET_KEY", "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'")
# Fernet keys for what people need at work, newest first; `manage.py rotate_needs_key` re-seals with the first.
NEEDS_KEYS = _required(
    "NEEDS_KEYS",
    "Make one with: python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'",
).split(",")
ALLOWED_HOSTS = _list("ALLOWED_HOSTS") or (["127.0.0.1", "localhost", "[::1]"] if DEBUG or DEMO else [])
CSRF_TRUSTED_ORIGINS = _list("CSRF_TRUSTED_ORIGINS")
HTTPS = not (DEBUG or DEMO) and not _flag("INGANG_PLAIN_HTTP")
PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
# The number that people may call, and the Norwegian one where a site serves both countries.
SUPPORT_PHONES = {"": _required("SUPPORT_PHONE", "Give the telephone number that people may call, as they write it.")}
SUPPORT_PHONES["nb"] = os.environ.get("SUPPORT_PHONE_NB", "") or SUPPORT_PHONES[""]

INSTALLED_APPS = [
    "portal",
    "placements",
    "cooperation",
    "matching",
    "search",
    "employers",
    "jobseekers",
    "content.apps.ContentConfig",
    "taxonomy",
    "accounts",
    "audit",
    "outbox",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "wagtail.contrib.simple_translation",
    "content.apps.RedirectsConfig",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "content.apps.SnippetsConfig",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "portal.middleware.same_for_all",
    "portal.middleware.own_policies",
    "portal.middleware.remember_writer",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.cms_policy",
    "portal.middleware.text_stays_text",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.CompressedPages",  # inside WhiteNoise, whose files are small already
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.SignInFirst",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.access.active_role",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.access.editors_only",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.middleware.offer_draft",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "portal.templatetags.ingang"],
        },
    },
]

_SQLITE_OPTIONS = {
    # IMMEDIATE: a transaction that will write says so at its start; the default mode fails under load.
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
    "PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728;",
}
DATABASES: dict[str, Any] = {"default": dj_database_url.config(default=f"sqlite:///{VAR_DIR / 'ingang.sqlite3'}", conn_max_age=60)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = _SQLITE_OPTIONS
# What all processes share, counts of limits above all: Redis where its first database is the broker's, in the second; else a file.
_BROKER = os.environ.get("CELERY_BROKER_URL", "")
_REDIS = f"{_BROKER.removesuffix('0')}1" if _BROKER.startswith("redis") and _BROKER.endswith("/0") else ""
CACHE_URL = os.environ.get("CACHE_URL") or _REDIS
CACHES: dict[str, Any] = {"default": {"BACKEND": "portal.caches.FileCache", "LOCATION": str(VAR_DIR / "cache.sqlite3")}}
if CACHE_URL:
    _WAITS = {"socket_timeout": 1, "socket_connect_timeout": 1}
    CACHES["default"] = {"BACKEND": "portal.caches.ForgivingRedis", "LOCATION": CACHE_URL, "KEY_PREFIX": "ingang", "OPTIONS": _WAITS}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.letters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True  # a code cannot be spent by a mail scanner, and does not leak by Referer
ACCOUNT_CHANGE_EMAIL = True  # one address per account
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "signed_out"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"call": "5/h/ip", "event": "10/h/ip", "newsletter": "10/h/ip", "report": "10/h/ip"}  # besides allauth's
MFA_ADAPTER = "accounts.letters.FactorAdapter"
MFA_TOTP_ISSUER = "Ingång"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
REQUIRE_SECOND_FACTOR = _flag("REQUIRE_SECOND_FACTOR", "0" if DEMO else "1")  # advisors, coordinators, editors

LANGUAGE_CODE = "sv"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("sv", _("Swedish")), ("nb", _("Norwegian Bokmål")), ("en", _("English"))]
PAGE_LANGUAGES = [code for code, _name in LANGUAGES]  # an editor's page is published when it is written in all of these
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = WAGTAIL_I18N_ENABLED = USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "collected"
STATICFILES_DIRS = [BASE_DIR / "static"] if (BASE_DIR / "static").is_dir() else []
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT, MEDIA_URL = VAR_DIR / "media", "/media/"

WAGTAIL_SITE_NAME = "Ingång"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = WAGTAILADMIN_NOTIFICATION_USE_HTML = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database", "SEARCH_CONFIG": "simple"}}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "portal.sessions"
SESSION_SECONDS = {"shared": 20 * 60, "staff": 30 * 60, "others": 60 * 60}  # every request begins anew (accounts.access)
SESSION_COOKIE_AGE = SESSION_SECONDS["others"]
SESSION_WARNING_SECONDS = 2 * 60
WRITER_COOKIE_NAME = "ingang_writer"  # whose words a form brings when the session is over (docs/decisions/drafts.md)
DRAFT_DAYS = 7
LANGUAGE_COOKIE_NAME = "ingang_language"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _flag("BEHIND_PROXY") else 0  # whose address the rate limits count
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" makes browsers send `Origin: null`, which the CSRF check refuses
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],  # Designsystemet's icons are data: masks
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

_SMTP = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", _SMTP if os.environ.get("EMAIL_HOST") else "outbox.letters.FolderBackend")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _flag("EMAIL_USE_TLS", "1")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Ingång <no-reply@ingang.example>")
EMAIL_SUBJECT_PREFIX = ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "filesystem://localhost")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
QUEUE_DIR = VAR_DIR / "queue"
QUEUE_DIR.mkdir(parents=True, exist_ok=True)
if CELERY_BROKER_URL.startswith("filesystem:"):
    for _name in ("messages", "control", "processed"):
        (QUEUE_DIR / _name).mkdir(exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        **dict.fromkeys(("data_folder_in", "data_folder_out"), str(QUEUE_DIR / "messages")),
        "control_folder": str(QUEUE_DIR / "control"),
        "processed_folder": str(QUEUE_DIR / "processed"),
        "store_processed": False,
        "polling_interval": 0.2,
    }
    CELERY_WORKER_POOL = "solo"
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_BEAT_SCHEDULE_FILENAME = str(QUEUE_DIR / "beat")
OUTBOX_LEASE_SECONDS = int(os.environ.get("OUTBOX_LEASE_SECONDS", "60"))
READS_A_MINUTE = {"api": 120, "snapshot": 10}  # by one address, of what other machines read (search.api.limits)
SECURITY_CONTACT = os.environ.get("SECURITY_CONTACT", "")  # for /.well-known/security.txt: mailto:… or https://…
ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "")  # people are looked up there instead of in the worker's memory
ENCODER = os.environ.get("INGANG_ENCODER", "nordic")  # or a sentence-transformers model's path or name
CASELOAD_CAP = int(os.environ.get("CASELOAD_CAP", "15"))
ANSWER_DAYS = {"jobseeker": 7, "employer_working_days": 5, "consent_weeks": 8}
RUN_DAYS = max(184, int(os.environ.get("RUN_DAYS", "184")))  # records of runs are kept at least six months: AI act, articles 19 and 26(6)
