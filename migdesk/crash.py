"""The crash file: where in the program a bug struck, and nothing of anybody's data."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from migdesk import about, logs

FOLDER = "crashes"
"""Where an office keeps reports of bugs."""


def write(error: BaseException, home: Path) -> Path | None:
    """Keep a report in the office's folder, or in the folder for temporary files where there is no office.

    It holds versions, the places of the trace and the last lines of the log. Nothing when neither folder can be
    written.
    """
    now = datetime.now(UTC)
    parts = [
        about.diagnostics(),
        f"{now:%Y-%m-%d %H:%M:%SZ}",
        "\n".join(logs.places(error)),
        logs.last_lines(home) or "no log",
    ]
    folders = [home / FOLDER] if home.is_dir() else []
    for folder in (*folders, Path(tempfile.gettempdir())):
        path = folder / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
        try:
            folder.mkdir(exist_ok=True)
            path.write_text("\n\n".join(parts) + "\n", encoding="utf-8", newline="\n")
        except OSError:
            continue
        return path
    return None
