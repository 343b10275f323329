"""What a benchmark found, as a line of JSON and as a row of a table."""

import json
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One ratio with what it was made of. `target` is the least the ratio may be, or with `most` the greatest."""

    name: str
    ratio: float
    ours: float
    peer: float
    unit: str
    rows: int
    equal: bool
    target: float
    most: bool = False

    @property
    def ok(self) -> bool:
        """Whether the outputs were equal and the target was reached."""
        return self.equal and (self.ratio <= self.target if self.most else self.ratio >= self.target)

    def line(self) -> str:
        """Return the figure as JSON."""
        return json.dumps(
            {
                "name": self.name,
                "ratio": round(self.ratio, 4),
                "ours": round(self.ours, 4),
                "peer": round(self.peer, 4),
                "unit": self.unit,
                "rows": self.rows,
                "equal": self.equal,
                "target": self.target,
                "ok": self.ok,
            }
        )


def table(figures: Sequence[Figure]) -> str:
    """Return the figures for people."""
    lines = [f"\n{'figure':<42}{'ratio':>9}{'target':>10}{'ours':>10}{'peer':>10}  rows"]
    lines += [
        f"{figure.name:<42}{figure.ratio:>9.3f}{('≤ ' if figure.most else '≥ ') + str(figure.target):>10}"
        f"{figure.ours:>10.3f}{figure.peer:>10.3f}  {figure.rows:,}{'' if figure.ok else '  MISSED'}"
        for figure in figures
    ]
    return "\n".join(lines) + "\n"
