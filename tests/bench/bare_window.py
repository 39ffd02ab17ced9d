"""A bare window: a table of the same people over the same file, nothing else."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any


def main(home: str) -> None:
    from PySide6.QtCore import QAbstractTableModel, Qt
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
    from sqlcipher3 import dbapi2

    class People(QAbstractTableModel):
        def __init__(self, rows: list[tuple[Any, ...]]) -> None:
            super().__init__()
            self._rows = rows

        def rowCount(self, parent: Any = None) -> int:
            return len(self._rows)

        def columnCount(self, parent: Any = None) -> int:
            return 6

        def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
            return self._rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    qt = QApplication(["bare"])
    connection = dbapi2.connect(str(Path(home) / "office.sqlite"))
    sql = "SELECT surname, given, birth_date, citizenship, iin, phone FROM person ORDER BY sort_key LIMIT 100"
    model = People(connection.execute(sql).fetchall())
    table = QTableView()
    table.setModel(model)
    window = QMainWindow()
    window.setCentralWidget(table)
    window.resize(1366, 768)
    window.show()
    for _turn in range(3):
        qt.sendPostedEvents()
        qt.processEvents()
    _say("window.painted")
    _say("window.usable")
    from tests.bench.measure import peak_memory

    _say(f"window.memory {peak_memory()}")
    os._exit(0)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
