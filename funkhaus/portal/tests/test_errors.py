"""Pages for when things go wrong: no database, no context."""

from __future__ import annotations

from django.conf import LazySettings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from funkhaus.portal.middleware import DatabaseBusy
from funkhaus.portal.views import failed


def test_the_page_for_our_own_faults_needs_no_database(settings: LazySettings) -> None:
    settings.STATION = "Radio Ahle"
    response = failed(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Radio Ahle" in response.content.decode()


def test_a_database_that_is_away_is_a_503_without_asking_it_again(settings: LazySettings) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        raise AssertionError("never called")

    response = DatabaseBusy(view).process_exception(RequestFactory().get("/"), OperationalError("locked"))
    assert response is not None
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert settings.STATION in response.content.decode()
