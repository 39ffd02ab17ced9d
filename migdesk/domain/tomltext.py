"""Plain data as the text of a data file: what the program writes, the strict reader of data files reads again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WIDE = 100
_CONTROL = {0x7F: "\\u007f"}


def write_toml(table: Mapping[str, object]) -> str:
    """The text of a data file: its plain keys first, then every list of tables as `[[name]]` blocks.

    Raises:
        TypeError: a value that no data file holds.
    """
    blocks = {key: value for key, value in table.items() if _is_tables(value)}
    lines = [f"{_key(key)} = {_value(value)}" for key, value in table.items() if key not in blocks]
    for key, rows in blocks.items():
        assert isinstance(rows, Sequence)
        for row in rows:
            lines += ["", f"[[{_key(key)}]]", *(f"{_key(name)} = {_value(one)}" for name, one in row.items())]
    return "\n".join(lines) + "\n"


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).translate(_CONTROL)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items()) + " }"
    if isinstance(value, Sequence):
        parts = [_value(one) for one in value]
        whole = f"[{', '.join(parts)}]"
        if len(whole) <= _WIDE:
            return whole
        return "[\n" + "".join(f"  {part},\n" for part in parts) + "]"
    raise TypeError(type(value).__name__)
