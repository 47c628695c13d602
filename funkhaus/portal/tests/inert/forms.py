"""What an editor sends who changes every field of a form: made from the form itself, so that no new field is missed."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from wagtail.blocks.base import BlockField

from funkhaus.newsroom.models.programme_reference import TimecodeFormField

LINE = {"key": "neu", "text": "Neuer Text", "type": "unstyled", "depth": 0}
TEXT = {"blocks": [{**LINE, "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}
# Fields whose value another field demands; all else follows from the field's type.
FIXED: dict[str, Any] = {"age_rating": "6", "kind": {"episode": "clip", "section": "picked"}, "territories": "DE, AT"}
MOST = 2  # parts of an item; topics allow no more than four
BLOCKS = {"body": ("paragraph", json.dumps(TEXT))}


def change_every_field(form: Any, story: int) -> dict[str, Any]:
    """Return the data of the form with every field changed and one more row in every list of parts.

    `story` is the key of an article for blocks that choose one.
    """
    data = _change_fields(form, story)
    for name, formset in form.formsets.items():
        stored = len(formset.forms)
        parts = [] if name == "comments" else [*formset.forms, *([_add_part(formset)] if stored < MOST else [])]
        data |= {f"{formset.prefix}-TOTAL_FORMS": str(len(parts)), f"{formset.prefix}-MIN_NUM_FORMS": "0"}
        data |= {
            f"{formset.prefix}-INITIAL_FORMS": str(stored if parts else 0),
            f"{formset.prefix}-MAX_NUM_FORMS": "99",
        }
        for order, part in enumerate(parts):
            data |= _change_fields(part, story) | {f"{part.prefix}-ORDER": str(order), f"{part.prefix}-DELETE": ""}
            data[f"{part.prefix}-id"] = str(part.instance.pk or "")
    return data


def _add_part(formset: Any) -> Any:
    part = formset.empty_form
    part.prefix = f"{formset.prefix}-{len(formset.forms)}"
    return part


def _change_fields(form: Any, story: int) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, one in form.fields.items():
        if name in {"id", "ORDER", "DELETE"} or one.disabled:
            continue
        key, value = form.add_prefix(name), form.get_initial_for_field(one, name)
        if isinstance(one, BlockField):
            kind, content = BLOCKS.get(name, ("story", str(story)))
            parts = {"count": "1", "0-type": kind, "0-value": content, "0-order": "0", "0-deleted": ""}
            data |= {f"{key}-{part}": text for part, text in parts.items()}
        else:
            data[key] = _change(name, one, value)
    return {key: value for key, value in data.items() if value is not None}


def _change(name: str, one: Any, value: Any) -> Any:  # noqa: PLR0911 - a table in words
    if name in FIXED:
        fixed = FIXED[name]
        return fixed if isinstance(fixed, str) else fixed.get(str(value), _pick(one, value))
    if isinstance(one, forms.BooleanField):
        return None if value else "on"
    if isinstance(one, forms.ModelMultipleChoiceField):
        assert one.queryset is not None
        return [str(key) for key in one.queryset.values_list("pk", flat=True)]
    if isinstance(one, forms.MultipleChoiceField):
        choices: Any = one.choices
        return [str(choices[0][0])]
    if isinstance(one, forms.ModelChoiceField):
        assert one.queryset is not None
        keys = list(one.queryset.exclude(pk=getattr(value, "pk", value)).order_by("pk").values_list("pk", flat=True))
        return str(keys[0 if value is None else -1]) if keys else ""
    if isinstance(one, forms.ChoiceField):
        return _pick(one, value)
    if isinstance(one, TimecodeFormField):
        return "0:42"
    return _write(name, one, value)


def _write(name: str, one: Any, value: Any) -> str:
    if isinstance(one, forms.DateTimeField):
        ends = {
            "contract_ends_at": "2026-06-09 12:00",
            "starts_at": "2026-06-02 12:00",
            "expire_at": "2026-06-30 12:00",
        }
        return ends.get(name, "2026-06-20 12:00")
    if isinstance(one, forms.DateField):
        return "2026-05-04"
    if isinstance(one, forms.IntegerField):
        return str((value or 0) + 1)
    if isinstance(one, forms.SlugField):
        return f"{value}-neu"
    if isinstance(one, forms.EmailField):
        return "neu@example.org"
    return f"{value or ''} anders"


def _pick(one: Any, value: Any) -> str:
    return next(str(key) for key, _label in one.choices if key and str(key) != str(value))
