"""`python -m benchmarks`: measures what is claimed about speed and prints a table of ratios."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated

import typer

from benchmarks import importing, judging, pages, people
from benchmarks.measure import Row, cells, table
from benchmarks.sets import Made, made

MEASURES: dict[str, Callable[[Sequence[Made]], Iterator[Row]]] = {
    "judging": judging.rows, "pages": pages.rows, "people": people.rows, "importing": importing.rows,
}  # fmt: skip


def main(
    share: Annotated[str, typer.Option(help="Per cent of the nation, a list.")] = "1,10,100",
    only: Annotated[str, typer.Option(help=f"Measure this alone: {', '.join(MEASURES)}.")] = "",
    markdown: Annotated[bool, typer.Option("--markdown", help="The table as the README has it.")] = False,
) -> None:
    """Measure, and print a table. The sets are made at the first time, in build/benchmarks."""
    if only and only not in MEASURES:
        raise typer.BadParameter(f"{only} is none of {', '.join(MEASURES)}")
    sets = [made(float(text)) for text in share.split(",")]
    found: list[Row] = []
    for name, measure in MEASURES.items():
        if only in ("", name):
            print(f"{name} …", file=sys.stderr, flush=True)
            for row in measure(sets):
                print(" · ".join(filter(None, cells(row))), file=sys.stderr, flush=True)
                found.append(row)
    print(table(found, markdown=markdown))
    print(f"\n{os.cpu_count()} cores; {_busy()} processes at work, these measures among them")


def _busy() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


if __name__ == "__main__":
    typer.run(main)
