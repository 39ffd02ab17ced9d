"""Which file: the system's own windows, which begin in the folder used last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from migdesk.i18n import N_
from migdesk.ui.look.words import said
from migdesk.ui.memory import Memory

_FOLDER = "files/folder"
WORKBOOKS = N_("Workbooks and tables")
_SCANS, _PICTURES = N_("Pictures and PDF"), N_("Pictures")
_PICTURE_ENDINGS = "*.jpg *.jpeg *.png *.tif *.tiff"
_COPIES, _ALL = N_("Copies of an office"), N_("All files")
KINDS = {
    ".sqlite": N_("Copy of an office"),
    ".pdf": N_("PDF"),
    ".jpg": N_("JPEG picture"),
    ".png": N_("PNG picture"),
    ".tif": N_("TIFF picture"),
    ".xlsx": N_("Excel workbook"),
    ".csv": N_("Text with commas"),
    ".json": N_("JSON"),
    ".toml": N_("Pack of law"),
}


def ask_open(parent: QWidget, title: str, patterns: str, memory: Memory) -> Path | None:
    """A file to read; `patterns` as `*.xlsx *.ods`. Nothing when the window was closed."""
    words = f"{said(WORKBOOKS)} ({patterns})"
    name, _kind = QFileDialog.getOpenFileName(parent, said(title), memory.recall(_FOLDER), words)
    return _chosen(name, memory)


def ask_save(parent: QWidget, title: str, name: str, endings: tuple[str, ...], memory: Memory) -> Path | None:
    """A file to write; without an ending it gets that of the kind that was chosen."""
    kinds = {f"{said(KINDS[ending])} (*{ending})": ending for ending in endings}
    begin = str(Path(memory.recall(_FOLDER)) / name)
    given, kind = QFileDialog.getSaveFileName(parent, said(title), begin, ";;".join(kinds))
    path = _chosen(given, memory)
    if path and path.suffix.lower() not in endings:
        path = path.with_name(path.name + kinds.get(kind, endings[0]))
    return path


def ask_scans(parent: QWidget, title: str, memory: Memory) -> list[Path]:
    """Scans to read, several at once; what they are is told by their content. None when the window was closed."""
    kinds = f"{said(_SCANS)} ({_PICTURE_ENDINGS} *.pdf);;{said(_ALL)} (*)"
    names, _kind = QFileDialog.getOpenFileNames(parent, said(title), memory.recall(_FOLDER), kinds)
    return [path for name in names if (path := _chosen(name, memory))]


def ask_picture(parent: QWidget, title: str, memory: Memory) -> Path | None:
    """A picture to read. Nothing when the window was closed."""
    kinds = f"{said(_PICTURES)} ({_PICTURE_ENDINGS});;{said(_ALL)} (*)"
    name, _kind = QFileDialog.getOpenFileName(parent, said(title), memory.recall(_FOLDER), kinds)
    return _chosen(name, memory)


def ask_folder(parent: QWidget, title: str, begin: Path) -> Path | None:
    """A folder, which may be a new one. Nothing when the window was closed."""
    name = QFileDialog.getExistingDirectory(parent, said(title), str(begin))
    return Path(name) if name else None


def ask_backup(parent: QWidget, title: str, begin: Path) -> Path | None:
    """A copy of an office. Nothing when the window was closed."""
    words = f"{said(_COPIES)} (*.sqlite *.sqlite.* *.bak);;{said(_ALL)} (*)"
    name, _kind = QFileDialog.getOpenFileName(parent, said(title), str(begin), words)
    return Path(name) if name else None


def _chosen(name: str, memory: Memory) -> Path | None:
    if not name:
        return None
    path = Path(name)
    memory.keep(_FOLDER, str(path.parent))
    return path
