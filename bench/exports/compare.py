"""The comparison: arms one after the other, again and again, in one run on one table."""

import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.exports.arms import Arm, Sample, orm_iterator, our_export, psql_copy, serializer_list
from bench.exports.equality import same_csv, same_json
from bench.exports.setting import Setting, prepared
from bench.figures import Figure, table

ROWS = {"small": 100_000, "full": 1_000_000}
ROUNDS = {"small": 3, "full": 5}
PEER_ROWS = 100_000
"""What the slow peers read, with a time per row for the rest: a serializer list of a million takes minutes and GBs."""


@dataclass(frozen=True)
class Comparison:
    """Two arms that write the same rows, and what their ratio must reach."""

    name: str
    ours: Arm
    peer: Arm
    target: float
    same: Callable[[Path, Path], bool]


def run(size: str) -> bool:
    """Measure, print one line per figure and a table; True when every target is reached."""
    rows, rounds = ROWS[size], ROUNDS[size]
    with prepared(rows) as setting:
        figures = [
            *_against_psql(setting, rounds),
            *_against_orm(setting, rounds=2 if size == "full" else rounds, rows=min(rows, PEER_ROWS)),
        ]
    for figure in figures:
        sys.stdout.write(figure.line() + "\n")
    sys.stdout.write(table(figures))
    return all(figure.ok for figure in figures)


def _against_psql(setting: Setting, rounds: int) -> list[Figure]:
    figures = []
    for wanted, same in (("csv", same_csv), ("json", same_json)):
        ours, peer = setting.folder / f"ours.{wanted}", setting.folder / f"psql.{wanted}"
        idle = setting.memory_kilobytes()
        samples: list[tuple[Sample, Sample]] = []
        for number in range(rounds):
            arms = [(our_export, ours), (psql_copy, peer)]
            done = {arm: arm(setting, wanted, path) for arm, path in (arms if number % 2 else reversed(arms))}
            samples.append((done[our_export], done[psql_copy]))
        grown = (setting.memory_kilobytes() - idle) / 1024
        equal = same(ours, peer)
        ratios = [theirs.wall / mine.wall for mine, theirs in samples]
        mine = statistics.median(sample.wall for sample, _ in samples)
        theirs = statistics.median(sample.wall for _, sample in samples)
        first = statistics.median(sample.first_byte / sample.wall for sample, _ in samples)
        figures += [
            Figure(
                f"{wanted} export / psql copy", statistics.median(ratios), mine, theirs, "s", setting.rows, equal, 0.85
            ),
            Figure(
                f"{wanted} first byte / whole time",
                first,
                first * mine,
                mine,
                "s",
                setting.rows,
                equal,
                0.02,
                most=True,
            ),
            Figure(f"{wanted} memory above idle", grown, grown, 40.0, "MB", setting.rows, equal, 40.0, most=True),
        ]
    return figures


def _against_orm(setting: Setting, *, rounds: int, rows: int) -> list[Figure]:
    figures = []
    filters = setting.filter_of_first(rows)
    for wanted, name, arm, target in (
        ("csv", "csv export / iterator() and csv.writer", orm_iterator, 10.0),
        ("json", "json export / serializer list", serializer_list, 12.0),
    ):
        ours, peer = setting.folder / f"ours.part.{wanted}", setting.folder / f"orm.{wanted}"
        samples = [
            (our_export(setting, wanted, ours, filters), arm(setting, wanted, peer, filters)) for _ in range(rounds)
        ]
        equal = (same_csv if wanted == "csv" else same_json)(ours, peer)
        mine = statistics.median(sample.wall for sample, _ in samples)
        theirs = statistics.median(sample.wall for _, sample in samples)
        ratio = statistics.median(theirs.wall / mine.wall for mine, theirs in samples)
        figures.append(Figure(name, ratio, mine, theirs, "s", rows, equal, target))
    return figures
