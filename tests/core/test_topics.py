"""Facts told inside the process, in the transaction that made them true."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import transaction

from core import topics
from core.models import SubscriptionPlan


@pytest.fixture(autouse=True)
def _no_other_receivers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has subscribed yet."""
    monkeypatch.setattr(topics, "_receivers", defaultdict(list))


def test_every_subscriber_is_told_in_order() -> None:
    told: list[tuple[str, Mapping[str, Any]]] = []

    @topics.subscribe("tenant.created")
    def first(fact: Mapping[str, Any]) -> None:
        told.append(("first", fact))

    @topics.subscribe("tenant.created")
    def second(fact: Mapping[str, Any]) -> None:
        told.append(("second", fact))

    @topics.subscribe("housekeeping.due")
    def elsewhere(fact: Mapping[str, Any]) -> None:
        told.append(("elsewhere", fact))

    topics.publish("tenant.created", {"tenant_id": 7})

    assert told == [("first", {"tenant_id": 7}), ("second", {"tenant_id": 7})]


def test_a_subscriber_stays_a_plain_function() -> None:
    @topics.subscribe("tenant.created")
    def receiver(fact: Mapping[str, Any]) -> None:
        raise AssertionError(fact)

    with pytest.raises(AssertionError, match="direct"):
        receiver({"direct": 1})


def test_a_fact_without_subscribers() -> None:
    topics.publish("tenant.created", {})


@pytest.mark.parametrize("topic", ["tenant.vanished", "", "Tenant.created"])
def test_an_undeclared_topic(topic: str) -> None:
    with pytest.raises(LookupError, match=f"no manifest declares the topic '{topic}'"):
        topics.publish(topic, {})
    with pytest.raises(LookupError, match=f"no manifest declares the topic '{topic}'"):
        topics.subscribe(topic)


def test_a_failing_subscriber_undoes_the_fact_and_stops_the_telling(db: None) -> None:
    told = []

    @topics.subscribe("tenant.created")
    def writes(_fact: Mapping[str, Any]) -> None:
        SubscriptionPlan.objects.create(code="from-a-receiver", name="…")

    @topics.subscribe("tenant.created")
    def fails(_fact: Mapping[str, Any]) -> None:
        raise RuntimeError("broken receiver")

    @topics.subscribe("tenant.created")
    def comes_later(fact: Mapping[str, Any]) -> None:
        told.append(fact)

    def publish() -> None:
        with transaction.atomic():
            SubscriptionPlan.objects.create(code="from-the-publisher", name="…")
            topics.publish("tenant.created", {})

    with pytest.raises(RuntimeError, match="broken receiver"):
        publish()

    assert told == []
    assert not SubscriptionPlan.objects.filter(code__startswith="from-").exists()
