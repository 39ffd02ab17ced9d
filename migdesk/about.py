"""What this program is: the version, and diagnostics that hold no personal data."""

from __future__ import annotations

import platform
import sys


def version() -> str:
    """Version of the installed package, or of the checkout when it is not installed."""
    return _version_of("migdesk") or "0+checkout"


def diagnostics() -> str:
    """Versions of the parts a support engineer asks for; no names, numbers or paths of the office."""
    lines = [f"MigDesk {version()}", f"Python {platform.python_version()} {sys.platform}"]
    for part in ("PySide6-Essentials", "sqlcipher3", "sqlite-utils", "openpyxl", "reportlab"):
        lines.append(f"{part} {_version_of(part) or 'missing'}")
    return "\n".join(lines)


def _version_of(package: str) -> str | None:
    from importlib import metadata  # noqa: PLC0415 - it brings a mail parser, and nobody asks at every start

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
