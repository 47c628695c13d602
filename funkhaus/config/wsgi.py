"""Django as a WSGI application; `asgi` puts the edge in front of it."""

import os

from funkhaus.kernel.loading import code_loading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "funkhaus.config.settings")
with code_loading():
    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver

    application = get_wsgi_application()
    _ = get_resolver().url_patterns  # all views, which the first visitor would wait for
