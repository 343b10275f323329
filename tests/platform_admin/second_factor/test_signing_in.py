"""Signing in to the back office with password and code."""

import re
import time
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from core.models import AuditEntry, User
from platform_admin.second_factor.devices import begin_enrolment, enrol
from platform_admin.support.lockouts import lift_of_person
from tests.core.browser import PASSWORD
from tests.platform_admin.office import signed_in

LOGIN = "/admin/login/"
ASK = "/admin/second-factor/"
SET_UP = "/admin/second-factor/set-up/"
CODES = "/admin/second-factor/recovery-codes/"
OPEN = {LOGIN, ASK, SET_UP}


@pytest.fixture(autouse=True)
def required(settings: Settings) -> None:
    """As in production."""
    settings.SECOND_FACTOR_REQUIRED = True


def code_of(device: Any, *, later: int = 0) -> str:
    """Return what the app shows, `later` half minutes from now."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + later * device.step
    return f"{totp.token():06d}"


def enrolled(user: User) -> tuple[Any, list[str]]:
    """Set up a second factor; its next code has not been used."""
    device, codes = enrol(user=user, code=code_of(begin_enrolment(user)))
    TOTPDevice.objects.filter(pk=device.pk).update(last_t=-1)
    return TOTPDevice.objects.get(pk=device.pk), codes


def with_password(user: User, way_on: str = "/admin/core/user/") -> tuple[Client, Any]:
    """A browser in which the password was given, and the answer to that."""
    client = Client(SERVER_NAME="localhost")
    response = client.post(f"{LOGIN}?next={way_on}", {"username": user.email, "password": PASSWORD, "next": way_on})
    return client, response


def is_in(client: Client) -> bool:
    """Tell whether the back office is open."""
    return client.get("/admin/core/user/").status_code == 200


def test_the_code_is_asked_for_after_the_password(admin: User) -> None:
    device, _ = enrolled(admin)
    client, response = with_password(admin)
    assert response["Location"] == f"{ASK}?next=%2Fadmin%2Fcore%2Fuser%2F"
    assert "authenticator app shows" in client.get(response["Location"]).content.decode()
    assert not is_in(client)

    response = client.post(response["Location"], {"code": code_of(device)})

    assert (response.status_code, response["Location"], is_in(client)) == (302, "/admin/core/user/", True)
    assert AuditEntry.objects.filter(action="signed_in", actor=admin, object_label="back office").count() == 1


def test_another_session_after_the_code(admin: User) -> None:
    device, _ = enrolled(admin)
    client, _ = with_password(admin)
    before = client.cookies["sessionid"].value

    client.post(ASK, {"code": code_of(device)})

    assert client.cookies["sessionid"].value != before


def admin_paths() -> list[str]:
    """Return a path for each page of the back office."""
    return sorted(
        {_path(text) for text in _walk(get_resolver("config.public_urls").url_patterns, "/") if "/admin/" in text}
    )


def _walk(patterns: list[Any], prefix: str) -> Any:
    for pattern in patterns:
        text = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, text)
        elif isinstance(pattern, URLPattern):
            yield text


def _path(text: str) -> str:
    return re.sub(r"\^|\$|\(\?P<\w+>[^)]*\)", "", re.sub(r"<[^>]+>", "1", text)).replace("\\Z", "")


def test_no_page_opens_with_the_password_alone(admin: User) -> None:
    enrolled(admin)
    client, _ = with_password(admin)
    paths = [path for path in admin_paths() if path not in OPEN]

    found = {path: client.get(path) for path in paths}

    assert len(paths) > 40
    assert {path: response.status_code for path, response in found.items() if response.status_code != 302} == {}
    led = {response["Location"].partition("?")[0] for response in found.values()}
    assert led <= {LOGIN, "/admin/"}


def test_nor_does_any_let_itself_be_written_to(admin: User) -> None:
    enrolled(admin)
    client, _ = with_password(admin)

    found = [client.post(path).status_code for path in admin_paths() if path not in OPEN]

    assert set(found) == {302}


def test_a_forced_session_opens_nothing(admin: User) -> None:
    assert not is_in(signed_in(admin))


def test_the_set_up_cannot_be_used_to_get_round_a_second_factor(admin: User) -> None:
    enrolled(admin)
    client, _ = with_password(admin)
    other = begin_enrolment(admin)

    response = client.post(SET_UP, {"code": code_of(other)})

    assert response["Location"].partition("?")[0] == ASK
    assert TOTPDevice.objects.get(pk=other.pk).confirmed is False
    assert not is_in(client)


@pytest.mark.parametrize("page", [ASK, SET_UP])
def test_the_pages_are_for_whoever_gave_the_password(page: str, db: None) -> None:
    client = Client(SERVER_NAME="localhost")

    assert [client.get(page)["Location"], client.post(page, {"code": "123456"})["Location"]] == [LOGIN, LOGIN]


def test_a_first_sign_in_sets_it_up(admin: User) -> None:
    client, response = with_password(admin)
    shown = client.get(response["Location"], follow=True)
    page = shown.content.decode()
    device = TOTPDevice.objects.get(user=admin)
    assert "<svg" in page
    assert "otpauth://totp/SmoothSchedule%3Aadmin%40platform.example" in page
    assert not is_in(client)

    done: Any = client.post(SET_UP, {"code": code_of(device)})

    codes = done.context["codes"]
    assert (len(codes), len(set(codes)), is_in(client)) == (10, 10, True)
    assert all(code in done.content.decode() for code in codes)
    assert {token.token for token in StaticToken.objects.all()}.isdisjoint(codes)
    assert AuditEntry.objects.filter(action="second_factor.set_up", actor=admin).count() == 1


def test_the_set_up_wants_the_right_code(admin: User) -> None:
    client, _ = with_password(admin)
    client.get(SET_UP)

    page = client.post(SET_UP, {"code": "000000"}).content.decode()

    assert "This code is wrong or was used already." in page
    assert (is_in(client), TOTPDevice.objects.get().confirmed) == (False, False)


def test_a_code_works_once(admin: User) -> None:
    device, _ = enrolled(admin)
    code = code_of(device)
    first, second = (with_password(admin)[0] for _ in range(2))

    first.post(ASK, {"code": code})
    page = second.post(ASK, {"code": code}).content.decode()

    assert "This code is wrong or was used already." in page
    assert (is_in(first), is_in(second)) == (True, False)


def test_guessing_is_slowed_down(admin: User) -> None:
    device, _ = enrolled(admin)
    client, _ = with_password(admin)
    wrong = "000000" if code_of(device) != "000000" else "000001"

    first = client.post(ASK, {"code": wrong})
    second = client.post(ASK, {"code": code_of(device)})

    assert (first.status_code, second.status_code, is_in(client)) == (200, 429, False)
    assert "Too many wrong codes. Try again in 1 seconds." in second.content.decode()
    assert AuditEntry.objects.filter(action="second_factor.failed", actor=admin).count() == 2


def test_lifting_lock_outs_lets_try_again_at_once(admin: User) -> None:
    device, _ = enrolled(admin)
    client, _ = with_password(admin)
    client.post(ASK, {"code": "999999"})

    lift_of_person(user=admin, by=None)
    client.post(ASK, {"code": code_of(device)})

    assert is_in(client)


def test_a_recovery_code_works_once_however_it_is_typed(admin: User) -> None:
    _, codes = enrolled(admin)
    first, second = (with_password(admin)[0] for _ in range(2))

    first.post(ASK, {"code": codes[3].upper().replace("-", " ")})
    second.post(ASK, {"code": codes[3]})

    assert (is_in(first), is_in(second)) == (True, False)
    assert AuditEntry.objects.get(action="second_factor.recovery_used").after == {"codes_left": 9}


def test_somebody_else_s_code_is_nothing(admin: User) -> None:
    enrolled(admin)
    other = User.objects.create_superuser("other@platform.example", PASSWORD)
    device, codes = enrolled(other)
    client, _ = with_password(admin)

    client.post(ASK, {"code": codes[0]})

    assert not is_in(client)
    assert StaticToken.objects.filter(device__user=other).count() == 10
    assert device.user == other


def test_new_recovery_codes(admin: User) -> None:
    device, codes = enrolled(admin)
    client, _ = with_password(admin)
    client.post(ASK, {"code": code_of(device)})
    asked = client.get(CODES).content.decode()

    done: Any = client.post(CODES)

    assert "Those you have work no more." in asked
    assert set(done.context["codes"]).isdisjoint(codes)
    again, _ = with_password(admin)
    again.post(ASK, {"code": codes[0]})
    assert not is_in(again)


def test_another_phone_takes_the_place_of_the_first(admin: User) -> None:
    device, _ = enrolled(admin)
    client, _ = with_password(admin)
    client.post(ASK, {"code": code_of(device)})
    client.get(SET_UP)
    new = TOTPDevice.objects.get(user=admin, confirmed=False)

    client.post(SET_UP, {"code": code_of(new)})

    assert list(TOTPDevice.objects.filter(user=admin)) == [new]
    assert is_in(client)


def test_another_superuser_resets_it(admin: User) -> None:
    device, _ = enrolled(admin)
    client, _ = with_password(admin)
    client.post(ASK, {"code": code_of(device)})
    lost = User.objects.create_superuser("lost@platform.example", PASSWORD)
    lost_device, _ = enrolled(lost)
    theirs, _ = with_password(lost)
    theirs.post(ASK, {"code": code_of(lost_device)})
    assert is_in(theirs)
    path = f"/admin/core/user/{lost.pk}/reset-second-factor/"
    asked = client.get(path).content.decode()

    client.post(path)

    assert "Make sure that it is they who ask." in asked
    assert (is_in(theirs), TOTPDevice.objects.filter(user=lost).exists()) == (False, False)
    entry = AuditEntry.objects.get(action="second_factor.reset")
    assert (entry.actor, entry.object_label) == (admin, "lost@platform.example")
    assert client.post(f"/admin/core/user/{admin.pk}/reset-second-factor/").status_code == 403


def test_the_command_resets_it_where_there_is_no_other(admin: User) -> None:
    enrolled(admin)

    call_command("reset_second_factor", "ADMIN@platform.example")

    assert not TOTPDevice.objects.exists()
    assert AuditEntry.objects.get(action="second_factor.reset").actor is None


def test_leaving_half_way(admin: User) -> None:
    enrolled(admin)
    client, _ = with_password(admin)

    response = client.post(ASK, {"leave": "1"})

    assert response["Location"] == LOGIN
    assert client.get(LOGIN).status_code == 200


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_way_on_is_one_of_ours(wanted: str, admin: User) -> None:
    device, _ = enrolled(admin)
    client, _ = with_password(admin)

    response = client.post(f"{ASK}?next={wanted}", {"code": code_of(device)})

    assert response["Location"] == "/admin/"


def test_where_it_is_not_required_those_who_have_one_are_asked(admin: User, settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    plain, _ = with_password(admin)
    assert is_in(plain)

    device, _ = enrolled(admin)

    assert not is_in(plain)
    client, response = with_password(admin)
    assert response["Location"].partition("?")[0] == ASK
    client.post(ASK, {"code": code_of(device)})
    assert is_in(client)


def test_the_settings_state_it() -> None:
    from config.settings import base, local

    assert (base.SECOND_FACTOR_REQUIRED, local.SECOND_FACTOR_REQUIRED, local.DEBUG) == (True, False, True)
