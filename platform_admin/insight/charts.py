"""Bar charts, measured on the server and drawn by a template as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720.0, 160.0
TOP, BOTTOM, LEFT = 12.0, 20.0, 40.0
GAP_SHARE = 0.2


@dataclass(frozen=True)
class Bar:
    """One value: a rectangle in the units of the view box."""

    label: str
    value: int
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Chart:
    """Values side by side. `identity` is unique on the page; `ceiling` is what the upper line stands for."""

    identity: str
    title: str
    description: str
    bars: tuple[Bar, ...]
    ceiling: int

    width = WIDTH
    height = HEIGHT
    left = LEFT
    top = TOP
    base = HEIGHT - BOTTOM

    @property
    def total(self) -> int:
        """The sum of all values."""
        return sum(bar.value for bar in self.bars)


def bar_chart(*, identity: str, title: str, values: Sequence[tuple[str, int]], unit: str) -> Chart:
    """Return a chart of `values`, label and number each, in the order given. Numbers are 0 or more."""
    highest = max((value for _, value in values), default=0)
    ceiling = round_up(highest)
    slot = (WIDTH - LEFT) / max(len(values), 1)
    bars = tuple(
        Bar(
            label=label,
            value=value,
            x=_written(LEFT + slot * (number + GAP_SHARE / 2)),
            y=_written(HEIGHT - BOTTOM - _tall(value, ceiling)),
            width=_written(slot * (1 - GAP_SHARE)),
            height=_written(_tall(value, ceiling)),
        )
        for number, (label, value) in enumerate(values)
    )
    return Chart(identity, title, _description(values, highest, unit), bars, ceiling)


def round_up(value: int) -> int:
    """Return the least of 1, 2, 5, 10, 20, 50 … that is not below `value`."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor >= value:
                return step * factor
        step *= 10


def _tall(value: int, ceiling: int) -> float:
    return (HEIGHT - TOP - BOTTOM) * value / ceiling


def _description(values: Sequence[tuple[str, int]], highest: int, unit: str) -> str:
    total = sum(value for _, value in values)
    if not total:
        return f"No {unit} in this time."
    when = next(label for label, value in values if value == highest)
    return f"{total} {unit} in all, {highest} at most, on {when}."


def _written(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
