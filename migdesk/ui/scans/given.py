"""What is dropped on a window or lies in the clipboard: files, or a picture that has no file yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

from migdesk.services.people import attachments
from migdesk.services.people.attachments import Scan

_NAME = "clipboard.png"


@dataclass(frozen=True, slots=True)
class Given:
    """Files, or a picture; neither when there is nothing of use."""

    paths: tuple[Path, ...] = ()
    image: QImage | None = None

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.paths) or self.image is not None

    def count(self) -> int:
        """How many scans it will be."""
        return len(self.paths) or int(self.image is not None)

    def read(self) -> list[Scan]:
        """The scans; run away from the window, since packing a picture takes its time.

        Raises:
            BadFile: a file cannot be read.
            Invalid: what is wrong with which of them.
        """
        if self.image is None:
            return attachments.read_files(self.paths)
        packed = QBuffer()
        packed.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(packed, QByteArray(b"PNG")).write(self.image)
        return [attachments.look_at(bytes(packed.data().data()), _NAME)]


def given_in(data: QMimeData | None) -> Given:
    """What of a drop or of the clipboard can be taken in; an empty clipboard has no data at all."""
    if data is None:
        return Given()
    paths = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    if paths:
        return Given(paths)
    image = data.imageData() if data.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return Given(image=image.copy())
    return Given()
