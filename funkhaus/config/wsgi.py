"""Django as a WSGI application; `asgi` puts the edge in front of it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "funkhaus.config.settings")
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
