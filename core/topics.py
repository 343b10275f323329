"""Facts that happened, told inside this process, in the transaction that made them true."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from core.installed import registry

Receiver = Callable[[Mapping[str, Any]], None]

_receivers: defaultdict[str, list[Receiver]] = defaultdict(list)


def subscribe(topic: str) -> Callable[[Receiver], Receiver]:
    """Decorate a function to be called with each fact of `topic`. Raises LookupError for an undeclared topic."""
    _require_declared(topic)

    def register(receiver: Receiver) -> Receiver:
        _receivers[topic].append(receiver)
        return receiver

    return register


def publish(topic: str, fact: Mapping[str, Any]) -> None:
    """Tell every subscriber of `topic`, at once and in order of subscription.

    A receiver runs in the publisher's transaction: it may write rows (an outbox, a rollup), its failure undoes the
    fact, and it must not talk to the network. `fact` is JSON-ready. Raises LookupError for an undeclared topic.
    """
    _require_declared(topic)
    for receiver in _receivers[topic]:
        receiver(fact)


def _require_declared(topic: str) -> None:
    if topic not in registry().topics:
        raise LookupError(f"no manifest declares the topic {topic!r}")
