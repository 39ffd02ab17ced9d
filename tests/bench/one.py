"""One step of a job in a process of its own: `python -m tests.bench.one MODULE STEP HOME PERSONS ROUNDS SCRATCH`.

The figures go to `figures.json` of the scratch folder.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

from tests.bench.measure import Job


def main(argv: list[str]) -> None:
    module, step, home, persons, rounds, scratch = argv
    job = Job(Path(home), int(persons), int(rounds), Path(scratch))
    figures = getattr(importlib.import_module(f"tests.bench.{module}"), step)(job)
    (job.scratch / "figures.json").write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
