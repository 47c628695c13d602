"""Choosers with texts in the language of the current request.

Wagtail 8 formats the texts of its choosers when a form is built, once in the life of a process: «Choose %(object)s»
then stays in the language of the first editor, and the titles of the dialogs in that of the start. Here they are
formatted when they are shown.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import AdminPageChooser
from wagtail.snippets.widgets import AdminSnippetChooser

# Wagtail's own texts, which its catalogs translate; they are not marked for translation in ours.
SNIPPET_TEXTS = {
    "choose_one_text": "Choose %(object)s",
    "choose_another_text": "Choose another %(object)s",
    "link_to_chosen_text": "Edit this %(object)s",
}
WINDOW_TEXTS = {
    "choose_one_text": "Choose",
    "choose_another_text": "Choose another",
    "edit_item_text": "Edit",
    "search_tab_label": "Search",
    "create_action_label": "Create",
}
_say: Callable[..., Any] = lazy(lambda text, name: gettext(text) % {"object": name}, str)
_say_type: Callable[..., Any] = lazy(lambda text, name: f"{text} ({capfirst(name)})", str)


def speak_the_readers_language() -> None:
    """Patch Wagtail's choosers; call it once, when all models are loaded."""
    for name, text in WINDOW_TEXTS.items():
        setattr(ChooserViewSet, name, gettext_lazy(text))
    _after_init(AdminSnippetChooser, _name_snippets)
    _after_init(AdminPageChooser, _name_pages)


def _after_init(widget: type, name: Callable[[Any, dict[str, Any]], None]) -> None:
    init: Callable[..., None] = widget.__init__  # type: ignore[misc]

    @wraps(init)
    def init_and_name(self: Any, *args: Any, **kwargs: Any) -> None:
        init(self, *args, **kwargs)
        name(self, kwargs)

    type.__setattr__(widget, "__init__", init_and_name)


def _name_snippets(widget: Any, given: dict[str, Any]) -> None:
    for attribute, text in SNIPPET_TEXTS.items():
        if attribute not in given:
            setattr(widget, attribute, _say(text, widget.model._meta.verbose_name))


def _name_pages(widget: Any, given: dict[str, Any]) -> None:
    first = given.get("choose_one_text", type(widget).choose_one_text)
    is_any = len(widget.target_models) > 1 or widget.model._meta.label == "wagtailcore.Page"
    widget.choose_one_text = first if is_any else _say_type(first, widget.model._meta.verbose_name)
