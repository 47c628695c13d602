"""The moment somebody is fully logged in: the browser is known from now on, and is told what others have tried."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext
from wagtail.admin import messages

from funkhaus.accounts.known_devices import find_device, keep_device
from funkhaus.accounts.login_attempts import ForeignTries, LoginTry, find_foreign_tries, forget_foreign_tries
from funkhaus.accounts.models import User
from funkhaus.kernel.client_address import find_client, find_network
from funkhaus.ui.time_phrases import describe_moment

_ENTERED = "_entered_as"  # the attribute of a request whose answer makes the browser known


def describe_try(request: HttpRequest, username: str) -> LoginTry:
    """Return a try to log in, with the network that the request comes from and the browser where it is known."""
    owner = User.objects.filter(username=username).first()
    peer, forwarded = request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", "")
    network = find_network(find_client(peer, forwarded, settings.TRUSTED_PROXIES))
    return LoginTry(username, network, find_device(request, owner))


def enter(request: HttpRequest, account: User) -> None:
    """Note that this request has logged the account in fully; tell its owner what others have tried since."""
    for text in describe_foreign_tries(find_foreign_tries(account)):
        messages.warning(request, text)
    forget_foreign_tries(account)
    setattr(request, _ENTERED, account)


def remember_entry(request: HttpRequest, response: HttpResponse) -> None:
    """Make the browser of a request that has logged in known to the account."""
    account: User | None = getattr(request, _ENTERED, None)
    if account is not None:
        keep_device(request, response, account)


def describe_foreign_tries(tries: ForeignTries) -> list[str]:
    """Return what the owner of an account has to know, as sentences; none where nobody tried."""
    said = []
    if tries.passwords and tries.last_at:
        text = ngettext(
            "Since your last login somebody typed a wrong password for your account, last at %(moment)s.",
            "Since your last login others typed %(count)d wrong passwords for your account, last at %(moment)s.",
            tries.passwords,
        )
        where = ngettext("They came from one network.", "They came from %(count)d networks.", tries.networks)
        said.append(text % {"count": tries.passwords, "moment": describe_moment(tries.last_at)})
        if tries.networks:
            said[-1] += " " + where % {"count": tries.networks}
    if tries.codes:
        text = ngettext(
            "Somebody knows your password: a wrong code was typed after it. Change your password.",
            "Somebody knows your password: %(count)d wrong codes were typed after it. Change your password.",
            tries.codes,
        )
        said.append(text % {"count": tries.codes})
    return said
