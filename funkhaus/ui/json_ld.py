"""Structured data (schema.org) as text that is safe inside a script element."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

# The escapes are valid JSON; `</script>` and `<!--` cannot occur in the result.
_ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def describe_station() -> dict[str, Any]:
    """Return the station as a schema.org organization, the publisher of articles and videos."""
    return {"@type": "NewsMediaOrganization", "name": settings.STATION, "url": f"{settings.PUBLIC_URL}/"}


def to_json_ld(data: dict[str, Any]) -> SafeString:
    """Return JSON without empty entries; escaped angle brackets and ampersands cannot end the script element."""
    filled = {key: value for key, value in data.items() if value not in (None, "", [], ())}
    text = json.dumps({"@context": "https://schema.org", **filled}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 - escaped above
