"""Django's settings, put together from parts; the environment is read in `environment` and nowhere else."""

from funkhaus.config.settings.base import *
from funkhaus.config.settings.security import *
from funkhaus.config.settings.wagtail import *
