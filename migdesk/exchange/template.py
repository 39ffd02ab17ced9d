"""Our own empty workbook for a spec: drop-downs, formats, a header nobody can spoil, and how to fill it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from migdesk.domain.fields import Choice, Day, PartialDay, choice_label
from migdesk.exchange.outcells import CellKind, kind_of
from migdesk.exchange.peek import OUR_SHEETS
from migdesk.exchange.problem import letters
from migdesk.exchange.sheet import SheetColumn, SheetSpec
from migdesk.exchange.tables import FORMATS, HEADER_FILL, key_name, set_text, sheet_name
from migdesk.exchange.wholefile import whole_file
from migdesk.i18n import N_, _, current_language, language, pick

LAST_ROW = 10_001
"""Drop-downs and checks reach down to this row."""

_LISTS_SHEET = f"{OUR_SHEETS} lists"
_REQUIRED_FILL = "FBE3D6"


def write_template(
    path: Path, spec: SheetSpec, lists: Mapping[str, Sequence[str]] | None = None, *, lang: str = ""
) -> None:
    """An empty workbook for a spec. `lists` gives the words of each drop-down list in the same language.

    Choices of a field need no list. A list that is not given makes no drop-down: the cell takes any text.

    Raises:
        BadFile: the file cannot be written.
    """
    import openpyxl  # noqa: PLC0415 - 0.1 s, only when a workbook is written

    with language(lang or current_language()), whole_file(path) as file:
        book = openpyxl.Workbook()
        sheet: Any = book.active
        sheet.title = sheet_name(pick(spec.title))
        book.properties.title = pick(spec.title)
        choices = {column.key: _choices(column, lists or {}) for column in spec.columns}
        ranges = _write_lists(book, choices)
        for at, column in enumerate(spec.columns):
            _write_column(sheet, at, column)
            _check_column(sheet, at, column, ranges.get(column.key, ""))
            _name_column(book, sheet, key_name(spec.code, column.key), letters(at))
        sheet.freeze_panes = "A2"
        sheet.row_dimensions[1].height = 36
        _protect(sheet)
        _write_help(book, spec, choices)
        book.save(file)


def _choices(column: SheetColumn, lists: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    if isinstance(column.field, Choice) and column.field.options:
        return tuple(choice_label(option) for option in column.field.options)
    return tuple(lists.get(column.list, ()))


def _write_lists(book: Any, choices: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The words of every drop-down on a hidden sheet; equal lists stand there once."""
    sheet = book.create_sheet(_LISTS_SHEET)
    sheet.sheet_state = "hidden"
    placed: dict[tuple[str, ...], str] = {}
    for words in choices.values():
        if not words or words in placed:
            continue
        at = len(placed)
        for row, word in enumerate(words, 1):
            set_text(sheet.cell(row, at + 1), word)
        name = letters(at)
        placed[words] = f"'{_LISTS_SHEET}'!${name}$1:${name}${len(words)}"
    return {key: placed[words] for key, words in choices.items() if words}


def _write_column(sheet: Any, at: int, column: SheetColumn) -> None:
    from openpyxl.comments import Comment  # noqa: PLC0415 - with openpyxl
    from openpyxl.styles import Alignment, Font, PatternFill, Protection  # noqa: PLC0415

    cell = sheet.cell(1, at + 1)
    set_text(cell, column.label + (" *" if column.required else ""))
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", _REQUIRED_FILL if column.required else HEADER_FILL)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    lines = [_how(column), _example(column)]
    cell.comment = Comment("\n".join(line for line in lines if line), OUR_SHEETS, height=90, width=260)
    below = sheet.column_dimensions[letters(at)]
    below.width = column.width
    below.number_format = _format(column)
    below.protection = Protection(locked=False)


def _format(column: SheetColumn) -> str:
    # a year alone typed into a date cell becomes a day of 1905: dates that may be partial are typed as text
    return "@" if isinstance(column.field, PartialDay) else FORMATS[kind_of(column.field)]


def _how(column: SheetColumn) -> str:
    must = _(N_("Must be filled.")) if column.required else _(N_("May stay empty."))
    if isinstance(column.field, PartialDay):
        return f"{must} {_(N_('A date: 05.03.1987; only 03.1987 or 1987 when the rest is not known.'))}"
    if isinstance(column.field, Day):
        return f"{must} {_(N_('A date: 05.03.2026.'))}"
    if column.digits:
        return f"{must} {_(N_('{n} digits, with the zeros at the beginning.')).format(n=column.digits)}"
    if column.list or isinstance(column.field, Choice):
        return f"{must} {_(N_('Choose from the list.'))}"
    return must


def _example(column: SheetColumn) -> str:
    return _(N_("Example: {example}")).format(example=column.example) if column.example else ""


def _check_column(sheet: Any, at: int, column: SheetColumn, choices: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - with openpyxl

    if choices:
        # a warning, not a stop: a code of the list is taken as well as its words
        check = DataValidation("list", formula1=choices, allow_blank=True, errorStyle="warning")
        check.error = _(N_("This is not in the list."))
    elif kind_of(column.field) is CellKind.DAY and not isinstance(column.field, PartialDay):
        check = DataValidation("date", operator="between", formula1="1", formula2="109574", allow_blank=True)
        check.error = _(N_("A date: 05.03.2026."))
    elif column.digits:
        check = DataValidation("textLength", operator="equal", formula1=str(column.digits), allow_blank=True)
        check.errorStyle = "warning"
        check.error = _(N_("{n} digits, with the zeros at the beginning.")).format(n=column.digits)
    else:
        return
    check.errorTitle = column.label[:31]
    check.showErrorMessage = True
    check.add(f"{letters(at)}2:{letters(at)}{LAST_ROW}")
    sheet.add_data_validation(check)


def _name_column(book: Any, sheet: Any, name: str, column: str) -> None:
    from openpyxl.workbook.defined_name import DefinedName  # noqa: PLC0415 - with openpyxl

    quoted = sheet.title.replace("'", "''")
    book.defined_names[name] = DefinedName(name, attr_text=f"'{quoted}'!${column}:${column}", hidden=True)


def _protect(sheet: Any) -> None:
    """The header is locked without a password; rows may be added, removed, sorted, formatted."""
    protection = sheet.protection
    protection.sheet = True
    for allowed in (
        "formatCells",
        "formatColumns",
        "formatRows",
        "insertRows",
        "deleteRows",
        "sort",
        "autoFilter",
    ):
        setattr(protection, allowed, False)


def _write_help(book: Any, spec: SheetSpec, choices: Mapping[str, tuple[str, ...]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415 - with openpyxl

    sheet = book.create_sheet(sheet_name(f"{OUR_SHEETS} – {_(N_('how to fill'))}"))
    titles = (N_("What to write"), N_("How"), N_("Example"), N_("Words of the list"))
    for at, (title, width) in enumerate(zip(titles, (34, 60, 24, 60), strict=True), 1):
        cell = sheet.cell(1, at)
        set_text(cell, _(title))
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", HEADER_FILL)
        sheet.column_dimensions[letters(at - 1)].width = width
    for row, column in enumerate(spec.columns, 2):
        words = choices[column.key]
        listed = ", ".join(words[:30]) + (" …" if len(words) > 30 else "")
        for at, text in enumerate((column.label, _how(column), column.example, listed), 1):
            set_text(sheet.cell(row, at), text)
            sheet.cell(row, at).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
