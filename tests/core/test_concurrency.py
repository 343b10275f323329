"""Several people at the same moment, on committed rows of a business of their own."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.db import connections, transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from rest_framework.test import APIClient

from core.active import activate
from core.errors import DomainError
from core.models import Invitation, Membership, Role, Tenant, User
from core.models.token import digest_of
from core.people import change_member
from core.quotas import _lock_number, reserve
from schedule.models import Resource
from tests.audit import forget_audit
from tests.schedule.committed import at_once, committed_tenant

LIMITS = ("max_resources", "max_services", "max_users")


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database without a transaction around the tests."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def _business(db: None) -> Iterator[Tenant]:
    """A business on the plan without limits of which everything is committed."""
    with committed_tenant("crowd") as tenant:
        yield tenant
        forget_audit(tenant)


@pytest.fixture
def crowd(_business: Tenant) -> Iterator[Tenant]:
    """The business, active and as it was made."""
    activate(_business)
    yield _business
    activate(_business)
    Resource.objects.all().delete()
    Invitation.objects.filter(tenant=_business).delete()
    forget_audit(_business)
    Membership.objects.filter(tenant=_business).exclude(role=Role.OWNER).delete()
    Membership.objects.filter(tenant=_business).update(is_active=True)
    Tenant.objects.filter(pk=_business.pk).update(**dict.fromkeys(LIMITS))
    _business.refresh_from_db()


def limit(tenant: Tenant, key: str, value: int) -> None:
    """Give the business a limit of its own, for the threads' copies of it too."""
    Tenant.objects.filter(pk=tenant.pk).update(**{key: value})
    tenant.refresh_from_db()


def codes(results: list[str | DomainError]) -> list[str]:
    """What was returned and the codes of what was refused, sorted."""
    return sorted(result.code if isinstance(result, DomainError) else result for result in results)


def test_reserving_outside_a_transaction(crowd: Tenant) -> None:
    with pytest.raises(RuntimeError, match="needs the transaction of the insert it guards"):
        reserve(crowd, "max_resources")


def test_a_lock_excludes_the_same_quota_of_the_same_business_alone(crowd: Tenant) -> None:
    limit(crowd, "max_resources", 5)
    other = Tenant.objects.get(schema_name="acme")
    second = connections.create_connection("default")

    def is_free(tenant: Tenant, key: str) -> bool:
        with second.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_lock_number(key), tenant.pk])
            return bool(cursor.fetchone()[0])

    try:
        with transaction.atomic():
            reserve(crowd, "max_resources")
            held = [is_free(crowd, "max_resources"), is_free(crowd, "max_services"), is_free(other, "max_resources")]
        released = is_free(crowd, "max_resources")
    finally:
        second.close()

    assert (held, released) == ([False, True, True], True)


@pytest.mark.parametrize("repetition", range(5))
def test_24_parallel_creators_at_a_limit_of_5_leave_5(repetition: int, crowd: Tenant) -> None:
    limit(crowd, "max_resources", 5)

    def create() -> str:
        with transaction.atomic():
            reserve(crowd, "max_resources")
            return Resource.objects.create(name="Chair").name

    results = at_once(crowd, [create] * 24)

    assert codes(results) == ["Chair"] * 5 + ["quota_exceeded"] * 19
    assert Resource.objects.count() == 5


def test_parallel_creators_of_three_each_never_pass_the_limit(crowd: Tenant) -> None:
    limit(crowd, "max_resources", 8)

    def create() -> str:
        with transaction.atomic():
            reserve(crowd, "max_resources", 3)
            Resource.objects.bulk_create(Resource(name="Chair") for _ in range(3))
        return "created"

    results = at_once(crowd, [create] * 12)

    assert codes(results) == ["created"] * 2 + ["quota_exceeded"] * 10
    assert Resource.objects.count() == 6


def test_what_was_rolled_back_leaves_its_room(crowd: Tenant) -> None:
    limit(crowd, "max_resources", 1)

    def fail() -> str:
        with transaction.atomic():
            reserve(crowd, "max_resources")
            Resource.objects.create(name="Undone")
            transaction.set_rollback(True)
        return "undone"

    assert at_once(crowd, [fail] * 6) == ["undone"] * 6
    with transaction.atomic():
        reserve(crowd, "max_resources")


def invitation(crowd: Tenant, name: str) -> str:
    """Invite somebody; return the secret of the invitation."""
    secret = f"secret-of-{name}"
    Invitation.objects.create(
        tenant=crowd,
        email=f"{name}@crowd.example",
        role=Role.STAFF,
        digest=digest_of(secret),
        expires_at=timezone.now() + timedelta(days=1),
    )
    return secret


def accept(secret: str) -> str:
    """Accept over HTTP; return what became of it."""
    client = APIClient(SERVER_NAME="crowd.localhost")
    body = {"token": secret, "name": "New", "password": "an unusual phrase"}
    response = client.post("/api/invitations/accept/", body, format="json")
    return {201: "joined"}.get(response.status_code) or str(response.json()["code"])


@pytest.mark.parametrize("repetition", range(2))
def test_8_parallel_acceptances_with_room_for_2_let_2_in(repetition: int, crowd: Tenant) -> None:
    limit(crowd, "max_users", 3)  # the owner is one of them
    secrets = [invitation(crowd, f"guest-{repetition}-{number}") for number in range(8)]

    results = at_once(crowd, [partial(accept, secret) for secret in secrets])

    activate(crowd)
    assert codes(results) == ["joined"] * 2 + ["quota_exceeded"] * 6
    assert Membership.objects.filter(tenant=crowd, is_active=True).count() == 3
    assert Invitation.objects.filter(tenant=crowd, accepted_at__isnull=True).count() == 6
    assert User.objects.filter(email__startswith=f"guest-{repetition}-").count() == 2


def test_one_invitation_accepted_8_times_at_once_lets_one_in(crowd: Tenant) -> None:
    secret = invitation(crowd, "popular")

    results = at_once(crowd, [lambda: accept(secret)] * 8)

    activate(crowd)
    assert codes(results).count("joined") == 1
    assert set(codes(results)) <= {"joined", "invitation_not_open", "wrong_credentials", "account_exists"}
    assert Membership.objects.filter(tenant=crowd).count() == 2
    assert User.objects.filter(email="popular@crowd.example").count() == 1


def test_two_owners_leaving_at_once_leave_one_behind(crowd: Tenant) -> None:
    first = Membership.objects.select_related("user", "tenant__plan").get(tenant=crowd)
    person = User.objects.create_user("second-owner@crowd.example")
    second = Membership.objects.create(tenant=crowd, user=person, role=Role.OWNER)

    def leave(member: Membership) -> str:
        change_member(membership=member, by=member, is_active=False)
        return "left"

    results = at_once(crowd, [lambda: leave(first), lambda: leave(second)])

    assert codes(results) == ["last_owner", "left"]
    assert Membership.objects.filter(tenant=crowd, role=Role.OWNER, is_active=True).count() == 1
    second.delete()


def test_letting_several_back_in_at_once_is_held_to_the_quota(crowd: Tenant) -> None:
    limit(crowd, "max_users", 3)
    owner = Membership.objects.select_related("user", "tenant__plan").get(tenant=crowd)
    former = [
        Membership.objects.create(
            tenant=crowd,
            user=User.objects.create_user(f"former-{number}@crowd.example"),
            role=Role.STAFF,
            is_active=False,
        )
        for number in range(6)
    ]

    def let_in(member: Membership) -> str:
        change_member(membership=member, by=owner, is_active=True)
        return "let in"

    results = at_once(crowd, [partial(let_in, member) for member in former])

    assert codes(results) == ["let in"] * 2 + ["quota_exceeded"] * 4
    assert Membership.objects.filter(tenant=crowd, is_active=True).count() == 3
