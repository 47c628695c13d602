"""``python -m funkhaus``: the same as the ``funkhaus`` command."""

from funkhaus.config.command import main

main()
