"""Tables in Markdown of what was measured, and the goals it is judged against."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from peers import PEERS

X = "\u00d7"
PASS, TYPER, FLOOR = "python -c pass", "python -c 'import typer'", "the floor"
VERSION, SHIPPED = "--version", "list, the shipped record"
OFFERED, FLOOR_OFFERED = "completion", "the floor's completion"
LIST, AREA, TERMINAL, UPDATE = "list", "list --area", "list on a terminal", "update"
OURS = (LIST, AREA, TERMINAL, "show", UPDATE, "progress", "export")


class Figure(NamedTuple):
    """How long a command takes at the median, and how much memory at its peak."""

    seconds: float
    mebibytes: float


class Size(NamedTuple):
    """How many recommendations, with how many updates each."""

    recommendations: int
    updates: int = 1

    def __str__(self) -> str:
        """Write it as a table's head."""
        each = f", {self.updates} updates each" if self.updates > 1 else ""
        return f"{self.recommendations:,}{each}"


SMALL, LARGE, HUGE = Size(15), Size(10_000), Size(100_000)

Heat = Mapping[str, Figure]
"""What was measured side by side, by name."""
Heats = Mapping[Size, Heat]


class Goal(NamedTuple):
    """What a ratio should not exceed, and what it is."""

    text: str
    measured: float
    limit: float


def report(heats: Heats) -> str:
    """Return all tables that the figures suffice for."""
    tables = (_start(heats.get(SMALL, {})), _ours(heats), _growth(heats), _peers(heats), _judged(heats))
    return "\n\n".join(filter(None, tables))


def _start(heat: Heat) -> str:
    names = (PASS, TYPER, VERSION, FLOOR, SHIPPED, FLOOR_OFFERED, OFFERED)
    rows = [(_code(name), _cell(heat, name, PASS), _times(heat, name, FLOOR)) for name in names if heat]
    return _table(("start-up", f"time, {X} bare Python, memory", f"{X} floor"), rows)


def _ours(heats: Heats) -> str:
    rows = [(_code(name), *(_cell(heat, name, FLOOR) for heat in heats.values())) for name in (FLOOR, *OURS)]
    return _table((f"time, {X} floor, memory", *map(str, heats)), rows)


def _growth(heats: Heats) -> str:
    sizes = [size for size in heats if size != SMALL and SMALL in heats]
    rows = [(_code(name), *(f"{_each(heats, size, name) * 1e6:.0f}" for size in sizes)) for name in OURS]
    return _table(("µs more for each recommendation", *map(str, sizes)), rows if sizes else ())


def _each(heats: Heats, size: Size, name: str) -> float:
    """Return the seconds that each recommendation adds to the smallest size."""
    more = heats[size][name].seconds - heats[SMALL][name].seconds
    return more / (size.recommendations - SMALL.recommendations)


def _peers(heats: Heats) -> str:
    sizes = [size for size in heats if size.updates == 1]
    pairs = {"**pathtrack**": (AREA, UPDATE)}
    pairs |= {peer.name: (f"{peer.name} {LIST}", f"{peer.name} {UPDATE}") for peer in PEERS}
    rows = [
        (name, *(_cell(heats[size], each, PASS) for size in sizes for each in pair))
        for name, pair in pairs.items()
        if any(pair[0] in heats[size] for size in sizes)
    ]
    heads = (f"{size}: {each}" for size in sizes for each in (LIST, UPDATE))
    return _table((f"time, {X} bare Python, memory", *heads), rows)


def _judged(heats: Heats) -> str:
    rows = [
        (goal.text, f"{goal.measured:.2f}", f"≤ {goal.limit:g}", "✔" if goal.measured <= goal.limit else "✘")
        for goal in _goals(heats)
    ]
    return _table(("goal", "measured", "limit", ""), rows)


def _goals(heats: Heats) -> Iterator[Goal]:
    """Yield the goals whose figures were measured."""
    at_start = [(VERSION, TYPER, 1.4), (OFFERED, FLOOR_OFFERED, 1.3), (SHIPPED, FLOOR, 1.25)]
    at_start += [(SHIPPED, f"{name} {LIST}", 1.0) for name in ("todoman", "bean-query", "Backlog.md")]
    yield from _ratios(heats, SMALL, at_start)
    yield from _ratios(heats, Size(1_000, 3), [(AREA, FLOOR, 1.6), (UPDATE, FLOOR, 2.0)])
    at_large = [(AREA, f"{name} {LIST}", 1.0) for name in ("todoman", "jrnl", "bean-query", "hledger")]
    at_large += [(AREA, f"taskwarrior {LIST}", 1.5), (UPDATE, AREA, 1.6), (TERMINAL, LIST, 3.0)]
    yield from _ratios(heats, LARGE, at_large)
    yield from _ratios(heats, HUGE, [(AREA, f"taskwarrior {LIST}", 1.0)])
    for name in OURS if {SMALL, LARGE, HUGE} <= heats.keys() else ():
        ratio = _each(heats, HUGE, name) / _each(heats, LARGE, name)
        yield Goal(f"each of 100,000 ÷ each of 10,000: {name}", ratio, 1.5)


def _ratios(heats: Heats, size: Size, wanted: Iterable[tuple[str, str, float]]) -> Iterator[Goal]:
    heat = heats.get(size, {})
    for name, other, limit in wanted:
        if name in heat and other in heat:
            ratio = heat[name].seconds / heat[other].seconds
            yield Goal(f"{size}: {_code(name)} ÷ {_code(other)}", ratio, limit)


def _code(name: str) -> str:
    return f"`{name}`" if name.startswith(("python", "--")) else name


def _cell(heat: Heat, name: str, unit: str) -> str:
    if name not in heat:
        return "–"
    took, held = heat[name]
    shown = f"{took * 1000:.0f} ms" if took < 1 else f"{took:.1f} s"
    return f"{shown}, {_times(heat, name, unit)}, {held:.0f} MiB"


def _times(heat: Heat, name: str, unit: str) -> str:
    ratio = heat[name].seconds / heat[unit].seconds
    digits = 0 if ratio >= 20 else 1 if ratio >= 2 else 2
    return f"{ratio:.{digits}f}{X}"


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [heads, ("---", *["--:"] * (len(heads) - 1)), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) if rows else ""
