"""The bench: what the program does against the bare engine doing the same work, as one table.

    python tests/bench/bench.py [--sizes 10k,100k,1M] [--only lists,imports] [--rounds 7]

A line is met when it keeps every aim it has: a ratio to the bare work, an absolute limit, or both. Figures
of a shared machine are noisy; ratios hardly, since both sides run by turns in the same minutes.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench import offices  # noqa: E402 - found only from the root
from tests.bench.measure import Figures, Job, medians  # noqa: E402

OUT = ROOT / "out"
MEGABYTES = "MB"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: its words, its unit, and its aims (seconds or megabytes; times the bare work)."""

    title: str
    most: float = math.inf
    times: float = math.inf
    unit: str = "s"

    def is_met(self, ours: float, bare: float) -> bool:
        """Whether the figures keep every aim."""
        return ours <= self.most and ours <= self.times * bare

    def aim(self) -> str:
        """The aims in words."""
        parts = [f"≤ {self.show(self.most)}"] if self.most < math.inf else []
        parts += [f"≤ {self.times:g}×"] if self.times < math.inf else []
        return ", ".join(parts)

    def show(self, value: float) -> str:
        """A figure with its unit."""
        if self.unit == MEGABYTES:
            return f"{value:.0f} MB"
        return (
            f"{value:.2f} s"
            if value >= 1
            else f"{value * 1000:.2f} ms"
            if value < 0.01
            else f"{value * 1000:.0f} ms"
        )


LINES = {
    "list.people": Line("Open the list of people", most=0.05),
    "list.arrivals": Line("Open the list of arrivals", most=0.05),
    "list.words": Line("Arrivals of people found by four letters", most=0.05),
    "list.words.slow": Line("Arrivals by four letters: slowest 5 %", most=0.05),
    "list.ids": Line("All row ids of the list of people", most=0.3),
    "search.ids": Line("Search by four letters: ids", most=0.05),
    "search.people": Line("Search by four letters: people", most=0.05),
    "search.slow": Line("Search by four letters: slowest 5 %", most=0.05),
    "duplicates": Line("Compare all files for duplicates (≤ 100 000 persons)", most=60),
    "save.middle": Line("Save an arrival, on the disk", most=0.03),
    "save.slow": Line("Save an arrival: slowest 5 %", most=0.03),
    "match.one": Line("Who may be the person being typed", most=0.1),
    "match.slow": Line("Who may be the person: slowest 5 %", most=0.1),
    "file.open": Line("Open the file of a person", most=0.1),
    "file.slow": Line("Open the file: slowest 5 %", most=0.1),
    "status.one": Line("Status light of one person", most=0.02),
    "status.slow": Line("Status light of one person: slowest 5 %", most=0.02),
    "terms.again": Line("All open terms anew after a change of the calendar", most=60),
    "regime.preview": Line(
        "Whom a special regime touches: every stay, permit and document", most=60, times=8
    ),
    "status.many": Line("Status light of 10 000 persons at once", most=10, times=8),
    "filter.days": Line("Count the rows of an or-group over three months", most=1),
    "filter.part": Line("Count the people with a part of a name", most=3),
    "place": Line("A key in a place, the shipped classifier", most=0.05),
    "place.slow": Line("A key in a place: slowest 5 %", most=0.05),
    "place.many": Line("A key in a place, of 250 000 places", most=0.05),
    "place.many.slow": Line("A key, of 250 000 places: slowest 5 %", most=0.05),
    "save.family": Line("Save a family of four, on the disk", most=0.1),
    "save.family.slow": Line("Save a family of four: slowest 5 %", most=0.1),
    "report.year": Line("Report over a year", most=1),
    "report.all": Line("Report over all arrivals", most=1),
    "export": Line("Export people to .xlsx (≤ 200 000 rows)", times=1.3),
    "forms.alone": Line("1 000 notices of arrival, a PDF each", times=2),
    "forms.together": Line("1 000 notices of arrival in one PDF", times=2),
    "window.painted": Line("Start to the first painted window", most=1, times=2),
    "window.usable": Line("Start to a usable first page", most=1, times=2),
    "window.memory": Line("Window with a list open: peak memory", most=300, unit=MEGABYTES),
    "import.time": Line("Import a workbook (≤ 100 000 rows)", times=6),
    "import.memory": Line("Import: peak memory", most=500, unit=MEGABYTES),
}

JOBS: dict[str, tuple[str, tuple[str, ...]]] = {
    "lists": ("reading", ("lists",)),
    "searches": ("reading", ("searches",)),
    "duplicates": ("reading", ("pairs",)),
    "matches": ("reading", ("matching",)),
    "files": ("reading", ("files",)),
    "statuses": ("reading", ("statuses",)),
    "stays": ("reading", ("lights", "recounts", "regimes")),
    "filters": ("reading", ("filters",)),
    "places": ("placing", ("typing",)),
    "families": ("writing", ("families",)),
    "saves": ("writing", ("saves",)),
    "reports": ("reading", ("reports",)),
    "exports": ("giving", ("exports",)),
    "forms": ("giving", ("forms",)),
    "windows": ("starting", ("windows",)),
    "imports": ("writing", ("workbook", "import_ours", "import_bare")),
}
"""Job → its module and its steps, each in a process of its own."""

REPEATED = {"imports"}
"""Jobs whose steps measure once a process: they are repeated while that is quick."""
_QUICK = 10_000


def main(argv: Sequence[str]) -> int:
    """Measure and print; the exit code is 0 even when an aim is missed: the table is the answer."""
    args = arguments(argv)
    run(args.sizes, args.only, rounds=args.rounds, out=args.out)
    return 0


def run(sizes: Sequence[int], jobs: Sequence[str], *, rounds: int, out: Path) -> dict[int, Figures]:
    """Measure jobs at some sizes; the table is printed and kept as `bench.md` in the folder `out`."""
    found: dict[int, Figures] = {}
    for persons in sizes:
        home = offices.ready(out / "bench", persons, _say)
        found[persons] = {}
        for name in jobs:
            job = Job(home, persons, rounds, out / "bench" / f"scratch-{name}")
            found[persons] |= measure(name, job)
    text = table(found)
    out.mkdir(parents=True, exist_ok=True)
    (out / "bench.md").write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(text)
    return found


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """What the command line says.

    Raises:
        SystemExit: it says it wrong.
    """
    parser = argparse.ArgumentParser(prog="bench", description="Measures the program against bare engines.")
    parser.add_argument("--sizes", type=_sizes, default="10k,100k", help="persons: 300, 10k, 100k, 1M")
    parser.add_argument("--only", type=_jobs, default=list(JOBS), help=", ".join(JOBS))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--out", type=Path, default=OUT)
    return parser.parse_args(argv)


def _sizes(text: str) -> list[int]:
    many = {"k": 1_000, "M": 1_000_000}
    return [int(one.rstrip("kM")) * many.get(one[-1], 1) for one in text.split(",")]


def _jobs(text: str) -> list[str]:
    names = text.split(",")
    if unknown := set(names) - set(JOBS):
        raise argparse.ArgumentTypeError(f"no such job: {', '.join(sorted(unknown))}")
    return names


def measure(name: str, job: Job) -> Figures:
    """The figures of one job."""
    start = time.monotonic()
    times = min(3, job.rounds) if name in REPEATED and job.persons <= _QUICK else 1
    figures = medians([_steps(name, job) for _time in range(times)])
    _say(f"{job.persons} persons, {name}: {time.monotonic() - start:.0f} s")
    return figures


def _steps(name: str, job: Job) -> Figures:
    module, steps = JOBS[name]
    shutil.rmtree(job.scratch, ignore_errors=True)
    job.scratch.mkdir(parents=True)
    figures: Figures = {}
    try:
        for step in steps:
            words = [module, step, str(job.home), str(job.persons), str(job.rounds), str(job.scratch)]
            subprocess.run(
                [sys.executable, "-m", "tests.bench.one", *words], cwd=ROOT, check=True, env=_environment()
            )
            told = json.loads((job.scratch / "figures.json").read_text(encoding="utf-8"))
            for line, sides in told.items():
                figures.setdefault(line, {}).update(sides)
    finally:
        shutil.rmtree(job.scratch, ignore_errors=True)
    return figures


def _environment() -> dict[str, str]:
    """No display, and compiled modules kept, as an installed program has them."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}


def table(found: dict[int, Figures]) -> str:
    """The figures as one Markdown table, under a line that says where and when they were taken."""
    rows = [("what", "persons", "ours", "bare", "ratio", "aim", "met")]
    for key, line in LINES.items():
        for persons, figures in found.items():
            if key in figures:
                rows.append(_row(line, persons, **figures[key]))
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return f"{_where()}\n\n" + "\n".join(lines) + "\n"


def _row(line: Line, persons: int, ours: float, bare: float) -> tuple[str, ...]:
    met = "yes" if line.is_met(ours, bare) else "no"
    return (
        line.title,
        f"{persons:,}".replace(",", " "),
        line.show(ours),
        line.show(bare),
        f"{ours / bare:.2f}",
        line.aim(),
        met,
    )


def _where() -> str:
    now = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    engine = offices.dbapi.sqlite_version
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    if hasattr(os, "getloadavg"):
        system += f" (load {os.getloadavg()[0]:.1f} at the end)"
    return (
        f"{now}, {system}, Python {platform.python_version()}, SQLite {engine}. Medians; ratio = ours / bare."
    )


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
