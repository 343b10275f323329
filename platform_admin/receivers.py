"""What the back office does when others say that something happened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.topics import subscribe
from platform_admin.insight.counting import count_refusal


@subscribe("entitlement.refused")
def note_refusal(fact: Mapping[str, Any]) -> None:
    """Count what businesses meet of the limits of their plans."""
    count_refusal(
        tenant_id=fact["tenant_id"], key=fact["key"], code=fact["code"], at=datetime.fromisoformat(fact["at"])
    )
