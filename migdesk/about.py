"""What this program is: the version, and diagnostics that hold no personal data."""

from __future__ import annotations

import platform
import sys
from importlib import metadata


def version() -> str:
    """Version of the installed package, or of the checkout when it is not installed."""
    try:
        return metadata.version("migdesk")
    except metadata.PackageNotFoundError:
        return "0+checkout"


def diagnostics() -> str:
    """Versions of the parts a support engineer asks for; no names, numbers or paths of the office."""
    lines = [f"MigDesk {version()}", f"Python {platform.python_version()} {sys.platform}"]
    for part in ("PySide6-Essentials", "sqlcipher3", "sqlite-utils", "openpyxl", "reportlab"):
        try:
            lines.append(f"{part} {metadata.version(part)}")
        except metadata.PackageNotFoundError:
            lines.append(f"{part} missing")
    return "\n".join(lines)
