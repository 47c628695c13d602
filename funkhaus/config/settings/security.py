"""Settings of hosts, cookies and headers: safe by default, stricter when the public address is https."""

from __future__ import annotations

from urllib.parse import urlsplit

from funkhaus.config.settings.base import ENVIRONMENT, PUBLIC_URL

_public = urlsplit(PUBLIC_URL)
IS_HTTPS = _public.scheme == "https"
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts) or sorted(
    {_public.hostname or "localhost", "127.0.0.1", "localhost", "[::1]"}
)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "fh_session"
CSRF_COOKIE_NAME = "fh_csrf"
CSRF_COOKIE_HTTPONLY = False  # Wagtail's editing pages read it
CSRF_FAILURE_VIEW = "funkhaus.portal.views.not_sent"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12  # seconds: a working day
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0  # 365 days
X_FRAME_OPTIONS = "SAMEORIGIN"  # the editing pages preview pages in a frame
# W004 to W016 demand https, which the public address decides; W019 demands DENY for the header above.
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016", "security.W019"]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
