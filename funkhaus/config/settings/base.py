"""Settings of applications, database, language and files."""

from __future__ import annotations

from typing import Any

import dj_database_url

from funkhaus.config.data_folder import DATABASE, OWNER_FILE, close_data_folder
from funkhaus.config.environment import PROJECT, read_environment, secret_keys
from funkhaus.kernel import address_prefixes

ENVIRONMENT = read_environment()
DATA = ENVIRONMENT.data

STATION = ENVIRONMENT.station
FFMPEG = ENVIRONMENT.ffmpeg
DEMO = ENVIRONMENT.demo
SERVE_HOST, SERVE_PORT = ENVIRONMENT.host, ENVIRONMENT.port
WORKERS = ENVIRONMENT.workers
DISK_ALARM_BYTES = ENVIRONMENT.disk_alarm_gb * 1_000_000_000
PUBLIC_URL = ENVIRONMENT.public_url
PLACES, TRUSTED_PROXIES = ENVIRONMENT.places, ENVIRONMENT.trusted_proxies
UPLOAD_LIMIT_BYTES = ENVIRONMENT.upload_limit_gb * 1_000_000_000
WEB_PROCESSES = ENVIRONMENT.web_processes
PAGE_CACHE_BYTES = ENVIRONMENT.page_cache_mb * 1_000_000
PURGE = ENVIRONMENT.purge
UPLOAD_DAYS = ENVIRONMENT.upload_days
TOKEN = ENVIRONMENT.token
WATCH = ENVIRONMENT.watch
GATES = ENVIRONMENT.gates
SECOND_FACTOR = ENVIRONMENT.second_factor
THEME = ENVIRONMENT.theme
LOUDNESS_LUFS, MONO_TRACKS = ENVIRONMENT.loudness_lufs, ENVIRONMENT.mono_tracks

STATIC_ROOT = DATA / "static"
LOOK_ROOT = DATA / "look"
MEDIA_ROOT = DATA / "files"
ASSET_ROOT = DATA / "media"
ORIGINAL_ROOT = DATA / "originals"
WORK_ROOT = DATA / "work"
FILE_UPLOAD_TEMP_DIR = DATA / "uploads"
close_data_folder(
    DATA,
    [DATA / "vendor", LOOK_ROOT, STATIC_ROOT, MEDIA_ROOT, ORIGINAL_ROOT, WORK_ROOT, FILE_UPLOAD_TEMP_DIR],
    ASSET_ROOT,
    is_shared=ENVIRONMENT.share_media,
)
if not ENVIRONMENT.database_url:
    (DATA / DATABASE).touch(OWNER_FILE)  # SQLite would give it the modes of media; an empty file is an empty database

SECRET_KEY, *SECRET_KEY_FALLBACKS = secret_keys(DATA, ENVIRONMENT.secret_key)
KEEPS_OWN_KEYS = not ENVIRONMENT.secret_key
DEBUG = False

INSTALLED_APPS = [
    "funkhaus.edge",
    "funkhaus.demo",
    "funkhaus.portal",
    "funkhaus.kids",
    "funkhaus.syndication",
    "funkhaus.newsroom",
    "funkhaus.playback",
    "funkhaus.intake",
    "funkhaus.mediathek",
    "funkhaus.ingest",
    "funkhaus.protection",
    "funkhaus.cms",
    "funkhaus.accounts",
    "funkhaus.ui",
    "wagtail.contrib.redirects",
    "wagtail.contrib.forms",
    "wagtail.embeds",
    "wagtail.sites",
    "funkhaus.accounts.wagtail_users_app.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "funkhaus.portal.middleware.PackedPages",
    "funkhaus.portal.middleware.ResponseHeaders",
    "funkhaus.portal.middleware.DatabaseBusy",
    "funkhaus.portal.middleware.DamagedForm",
    "funkhaus.portal.middleware.RefusedPublication",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "funkhaus.portal.middleware.PathLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "funkhaus.accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "funkhaus.config.urls"
WSGI_APPLICATION = "funkhaus.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "funkhaus.portal.context.shell",
            ],
        },
    },
]


def _database() -> dict[str, Any]:
    if ENVIRONMENT.database_url:
        return dict(dj_database_url.parse(ENVIRONMENT.database_url, conn_max_age=60, conn_health_checks=True))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / DATABASE,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Web and worker write at the same time: take the lock at once, and wait for it.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;"
                " PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-20000; PRAGMA foreign_keys=ON;"
            ),
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
TIME_ZONE = ENVIRONMENT.time_zone
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "funkhaus.ui.formats"

STATIC_URL = "/static/"
STATICFILES_DIRS = [DATA / "vendor", LOOK_ROOT]
MEDIA_URL = address_prefixes.FILES
FILE_UPLOAD_PERMISSIONS = OWNER_FILE
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000  # bytes of a request without its files

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "funkhaus.ui.storage.StaticStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

LOCALE_PATHS = [PROJECT / "funkhaus" / "config" / "locale"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"funkhaus": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
