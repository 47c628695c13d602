"""The `funkhaus` command: Django's management commands and ours under one name."""

from __future__ import annotations

import os
import sys

import django
from django.core.management import execute_from_command_line

from funkhaus.config.environment import SettingError
from funkhaus.kernel.loading import code_loading


def main() -> None:
    """Run one management command; an unusable setting is reported in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "funkhaus.config.settings")
    try:
        with code_loading():
            django.setup()
        execute_from_command_line(sys.argv)
    except SettingError as error:
        sys.exit(f"funkhaus: {error}")
