"""A pytest plugin that compiles the interface texts before Django reads them (`-p`, in pyproject.toml).

They are not committed compiled; a `conftest.py` would come too late, since pytest-django sets Django up first.
"""

from __future__ import annotations

from funkhaus.portal.setup_build import compile_messages

compile_messages()
