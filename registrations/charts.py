"""Charts drawn by the server as SVG: pure geometry, without a script and without a style.

Only numbers come in and only numbers and the words for the axes go out; the template draws them,
the style sheet colours them, and a table with the same figures stands behind each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Points = Sequence[tuple[int, int]]

WIDTH, HEIGHT = 760, 300
LEFT, RIGHT, TOP, BOTTOM = 52, 36, 16, 60
MOST_TICKS = 5  # upward; across twice as many


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where, and its word."""

    at: str
    word: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template draws: a path for each line, and the two axes."""

    paths: list[str]
    across: list[Tick]
    up: list[Tick]
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


def countdown(lines: Sequence[Points]) -> Chart:
    """Steps over days that count down to nought: each number holds until the next day given.

    A line without a point has an empty path.
    """
    known = [point for line in lines for point in line]
    first = max([before for before, _ in known], default=1)
    last = min([before for before, _ in known], default=0)
    first, last = max(first, 1), min(last, 0)
    most = max([number for _, number in known], default=0)
    step = nice_step(max(most, 1))
    top = step * -(-max(most, 1) // step)

    def x(before: int) -> float:
        return LEFT + (first - before) * (WIDTH - LEFT - RIGHT) / (first - last)

    def y(number: int) -> float:
        return HEIGHT - BOTTOM - number * (HEIGHT - TOP - BOTTOM) / top

    apart = nice_step(first // 2)
    across = [Tick(_told(x(n)), str(n)) for n in range(0, first + 1, apart)]
    up = [Tick(_told(y(n)), str(n)) for n in range(0, top + 1, step)]
    return Chart([_steps([(x(b), y(n)) for b, n in line]) for line in lines], across, up)


def nice_step(most: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that makes at most five ticks of `most`."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * MOST_TICKS >= most:
                return step
        size *= 10


def _steps(points: Sequence[tuple[float, float]]) -> str:
    if not points:
        return ""
    (x, y), *rest = points
    moves = [f"M{_told(x)} {_told(y)}", *(f"H{_told(x)}V{_told(y)}" for x, y in rest)]
    if not rest:
        moves.append("h2")  # a single day is seen too
    return "".join(moves)


def _told(number: float) -> str:
    return f"{number:.1f}"
