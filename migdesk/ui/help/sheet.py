"""A page of the help as it is drawn: headings, keys, tables and links in the colours of the moment."""

from __future__ import annotations

import re

from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from migdesk.ui.look import fonts, theme

_KEY = re.compile(r"`([^`]+)`")
_AIR = "\u202f"
_LINE_HEIGHT = 140
"""Per cent of the height of the letters."""
_HEADINGS = {1: (theme.TITLE, fonts.BOLD, 0), 2: (theme.SECTION, fonts.SEMIBOLD, theme.L)}
_CELL = 6
_COLUMNS = (36, 64)
"""Per cent of a table: what, and what about it."""


def lay_out(document: QTextDocument, text: str) -> None:
    """Show Markdown in a document, in the type and the colours of the window."""
    document.setDefaultFont(fonts.font())
    document.setDocumentMargin(theme.XL)
    document.setMarkdown(
        _KEY.sub(rf"`{_AIR}\1{_AIR}`", text), QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    )
    block = document.begin()
    while block.isValid():
        _dress(block)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _dress_table(frame)


def _dress(block: QTextBlock) -> None:
    cursor = QTextCursor(block)
    shape = block.blockFormat()
    level = shape.headingLevel()
    shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if level in _HEADINGS:
        size, weight, above = _HEADINGS[level]
        shape.setTopMargin(above)
        shape.setBottomMargin(theme.XS)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        letters = cursor.charFormat()
        letters.clearProperty(QTextFormat.Property.FontSizeAdjustment)  # it would win over the size
        letters.setFont(fonts.font(size, weight))
        cursor.setCharFormat(letters)
    elif not cursor.currentTable():
        shape.setBottomMargin(theme.XS if block.textList() else theme.S)
    cursor.setBlockFormat(shape)
    _dress_words(block)


def _dress_words(block: QTextBlock) -> None:
    """Keys stand on a ground of their own; links have the colour of links."""
    colours = theme.current()
    places: list[tuple[int, int, QTextCharFormat]] = []
    each = block.begin()
    while not each.atEnd():
        piece = each.fragment()
        if piece.isValid():
            places.append((piece.position(), piece.length(), piece.charFormat()))
        each += 1
    for begin, length, found in places:
        letters = QTextCharFormat()
        if found.fontFixedPitch():
            letters.setFont(fonts.font(theme.BODY, fonts.SEMIBOLD))
            letters.setBackground(QBrush(QColor(colours.plain_tint)))
        elif found.isAnchor():
            letters.setForeground(QBrush(QColor(colours.accent)))
            letters.setFontUnderline(False)
        elif found.fontWeight() > QFont.Weight.Medium and not block.blockFormat().headingLevel():
            letters.setFontWeight(QFont.Weight(fonts.SEMIBOLD))
        cursor = QTextCursor(block)
        cursor.setPosition(begin)
        cursor.setPosition(begin + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(letters)


def _dress_table(table: QTextTable) -> None:
    """Rows with a thin line below each, as wide as the page."""
    colours = theme.current()
    shape = table.format()
    shape.setBorder(0)
    shape.setBorderCollapse(True)
    shape.setCellPadding(_CELL)
    shape.setCellSpacing(0)
    shape.setBottomMargin(theme.S)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    shape.setColumnWidthConstraints(
        [QTextLength(QTextLength.Type.PercentageLength, part) for part in _COLUMNS]
    )
    table.setFormat(shape)
    for row in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            look = cell.format().toTableCellFormat()
            look.setBottomBorder(1)
            look.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            look.setBottomBorderBrush(QBrush(QColor(colours.line)))
            cell.setFormat(look)
