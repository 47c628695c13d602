"""Django's settings, composed of parts; only `environment` reads the environment."""

from funkhaus.config.settings.base import *
from funkhaus.config.settings.security import *
from funkhaus.config.settings.wagtail import *
