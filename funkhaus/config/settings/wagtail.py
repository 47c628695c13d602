"""Settings of Wagtail: our own picture and document models; nothing is fetched from other hosts."""

from __future__ import annotations

from funkhaus.config.settings.base import PUBLIC_URL, STATION
from funkhaus.kernel import address_prefixes

WAGTAIL_SITE_NAME = STATION
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAILIMAGES_IMAGE_MODEL = "cms.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.Attachment"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 30_000_000  # bytes
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100_000_000  # 300 MB when decoded as RGB, in a process of its own
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "heif", "jpg", "jpeg", "png", "tif", "tiff", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "funkhaus.cms.picture_files.forms.PictureForm"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# A shared password binds nobody, can be tried for ever and would make pages that differ from viewer to viewer. Who may
# log in, and groups, stay to choose from.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # what is embedded would be fetched from other hosts by the server
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", "Deutsch"), ("en", "English")]
WAGTAILREDIRECTS_AUTO_CREATE = True
WAGTAILADMIN_USER_LOGIN_FORM = "funkhaus.accounts.staff_login.login_form.EditorLoginForm"
WAGTAIL_PASSWORD_RESET_ENABLED = False  # needs mail, which this version does not send
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = address_prefixes.LOGIN
TASKS = {"default": {"BACKEND": "funkhaus.cms.task_backend.UnitOfWorkBackend"}}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
