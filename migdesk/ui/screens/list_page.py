"""A list page, declared: which list, ready views, filters; rows at the left, the chosen row's file at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QSplitter, QVBoxLayout, QWidget

from migdesk.domain.listing import Condition, Listing, Query
from migdesk.domain.saved_view import SavedView
from migdesk.i18n import N_
from migdesk.services import listing, views
from migdesk.services.desk import Desk
from migdesk.services.views import Asked
from migdesk.ui.files.pieces.file_view import FileView
from migdesk.ui.lists.filters import (
    Filters,
    MenuFilter,
    PickFilter,
    View,
    ViewChip,
    WordsFilter,
    gap,
)
from migdesk.ui.lists.office_reading import Arranged, hide_at_first
from migdesk.ui.lists.table import State
from migdesk.ui.lists.table_view import ListPart, RecordView
from migdesk.ui.look import theme
from migdesk.ui.look.flow import FlowRow
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.fresh import FreshView
from migdesk.ui.parts.messages import Notice
from migdesk.ui.screens.filter_button import KEY, FilterButton
from migdesk.ui.screens.list_spec import ListSpec, MenuSpec, PickSpec
from migdesk.ui.screens.page_actions import (
    add_at_counter,
    add_common,
    add_record_keys,
    details_action,
    export_action,
    words_action,
)
from migdesk.ui.screens.saved_views import SavedViews
from migdesk.ui.workplace import ListWanted, Target, Workplace

_ROWS_ONE, _ROWS, _HIDDEN = N_("1 row"), N_("{n} rows"), N_("{n} selected are not shown")
_REST_MS = 90
_LEFT_WIDTH, _RIGHT_WIDTH = 640, 454
_BOTH_FROM = 680


class ListPage(FreshView):
    """The body of a list page."""

    def __init__(self, work: Workplace, frame: PageFrame, declared: ListSpec) -> None:
        super().__init__()
        self._work = work
        self._frame = frame
        self.spec = spec = declared
        self.words = WordsFilter()
        self._chips = QButtonGroup(self)
        self.views = {view.key: ViewChip(view) for view in spec.views}
        self.filters: dict[str, MenuFilter | PickFilter] = {
            one.key: self._filter(one) for one in spec.filters
        }
        self._extra: Filters = ()
        self._extra_chip = PushButton()
        mark(self._extra_chip, look="quiet")
        self._extra_chip.hide()
        self._extra_chip.clicked.connect(self._drop_extra)
        self._count, self.hidden, self.total = Label("", "muted"), Label("", "strong"), Label("", "muted")
        self.hidden.hide()
        self.conditions = FilterButton(work, spec.name, spec.base)
        self.saved = SavedViews(work, spec.name, self._now, self._title)
        self.saved.chosen.connect(self.show_saved)
        self._hide_columns()
        part = ListPart(spec.title, work.tasks, work.reading, self._open_listing, work.memory, spec.empty)
        self.list = RecordView(part)
        self.file = FileView(work, spec.file, wide=False)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._lay_out()
        self._connect()
        self._add_actions()
        self.views[spec.views[0].key].setChecked(True)

    def _lay_out(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self.file)
        self._splitter.setHandleWidth(theme.L)
        self._splitter.setChildrenCollapsible(True)
        self._splitter.setStretchFactor(0, 4)
        self._splitter.setStretchFactor(1, 3)
        self.list.setMinimumWidth(300)
        self.file.setMinimumWidth(340)
        kept = self._work.memory.recall(f"splitter/{self.spec.name}")
        sizes = [int(one) for one in kept.split(",")] if kept else [_LEFT_WIDTH, _RIGHT_WIDTH]
        self._splitter.setSizes(sizes)
        line = FlowRow(gap=theme.XS, lines=theme.XS)
        ready = [*self.views.values(), *self.spec.beside(self._work), *self.saved.chips]
        parts: list[QWidget] = [*ready, self._extra_chip, gap(), self.words]
        counted = [self._count, self.hidden, *([self.total] if self.spec.total else ())]
        parts += [*counted, *self.filters.values(), self.conditions, self.saved]
        for widget in parts:
            line.flow.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addWidget(line)
        column.addWidget(self._splitter, 1)

    def _connect(self) -> None:
        for chip in self.views.values():
            self._chips.addButton(chip)
            chip.clicked.connect(lambda _on=False: self.apply())
        for one in self.filters.values():
            one.changed.connect(self.apply)
        self.conditions.changed.connect(self.apply)
        self.words.asked.connect(lambda _text: self.apply())
        self.words.left_down.connect(self._to_rows)
        self.list.rows.typed.connect(self.words.begin)
        self.list.opened.connect(lambda uid: self._work.open(self.spec.file.kind, uid))
        self.list.told.connect(lambda words: self._frame.tell(Notice(Tone.INFO, words)))
        self.list.current_changed.connect(lambda _uid: self._rest.start())
        self.list.model.all_known.connect(self._say_count)
        self.list.hidden_changed.connect(self._say_hidden)
        self.list.rows.installEventFilter(self)
        self._rest.timeout.connect(self._show_current)
        self._splitter.splitterMoved.connect(lambda *_moved: self._keep_splitter())
        self.list.rows.heading.reset_wanted.connect(self._reset_columns)
        self.keep_fresh(self._work.changed, self._work.day_changed, self.spec.watches | {SavedView.table})

    def _add_actions(self) -> None:
        work, frame = self._work, self._frame
        others = [*self.spec.acts(work), *self.spec.many(work, self.list, self.query)]
        if work.listens(work.export_wanted):
            others.append(export_action(lambda: work.export(self._exported())))
            if self.spec.detailed:
                others.append(details_action(lambda: work.export(replace(self.query(), detailed=True))))
        add = add_at_counter if self.spec.arrival_first else add_common
        add(work, frame, self.refresh, others)
        add_record_keys(work, frame, self.spec.file.kind, self._target)
        name, own = self.spec.name, N_("Filter by conditions")
        frame.add_command(words_action(name, self._to_words))
        frame.add_command(
            Action(f"{name}.conditions", own, self.conditions.open_window, "", KEY, in_bar=False)
        )

    def _target(self) -> Target | None:
        uid = self.current_uid()
        return Target(self.spec.file.kind, uid) if uid else None

    def apply(self) -> None:
        """Show the rows that the view, the filters and the words ask for."""
        self.list.show_list(self.query())

    def query(self) -> Query:
        """What is asked now; the order stays as a person set it."""
        asked: list[Condition] = [*self.spec.base, *self.view().filters, *self.conditions.conditions()]
        asked += self._extra
        for one in self.filters.values():
            asked += one.filters()
        words = self.words.text().strip()
        if words and self.spec.words:
            asked += self.spec.words(words)
            words = ""
        shown = self.list.query()
        order = shown.order if shown.name else self.list.kept_order(self.spec.name) or self.spec.order
        return Query(self.spec.name, tuple(asked), words, order)

    def _exported(self) -> Query:
        """What a file gets: the columns in sight, in their order."""
        return replace(self.query(), columns=self.list.shown_keys())

    def view(self) -> View:
        """The ready view in force."""
        return next((chip.view for chip in self.views.values() if chip.isChecked()), self.spec.views[0])

    def show_wanted(self, wanted: ListWanted) -> None:
        """Show a ready view, narrowed by nothing but what is wanted."""
        if wanted.view:
            self.views[wanted.view].setChecked(True)
        self.words.clear()
        for one in self.filters.values():
            one.choose("")
        self.conditions.choose(())
        self._extra = wanted.filters
        self._extra_chip.setVisible(bool(wanted.filters))
        self._extra_chip.setText(f"{wanted.words}  \u00d7")
        self._extra_chip.setAccessibleName(wanted.words)
        self.apply()

    def show_saved(self, saved: SavedView) -> None:
        """Show a view that was kept."""
        asked = views.read(saved)
        if asked.ready in self.views:
            self.views[asked.ready].setChecked(True)
        for key, one in self.filters.items():
            one.choose(asked.choices.get(key, ""))
        self.words.setText(asked.words)
        self.conditions.choose(asked.own)
        self.list.order_by(asked.order)
        self.apply()

    def _now(self) -> Asked:
        """What is shown, to be kept."""
        query = self.query()
        return Asked(
            ready=self.view().key,
            words=self.words.text().strip(),
            choices={key: str(one.value()) for key, one in self.filters.items() if one.value()},
            own=self.conditions.conditions(),
            whole=query.filters,
            order=query.order,
        )

    def _title(self) -> str:
        """Words that say what is shown."""
        chosen = (one.words() for one in self.filters.values() if one.value())
        parts = (said(self.view().title), *chosen, self.words.text().strip())
        return " · ".join(part for part in parts if part)

    def _drop_extra(self) -> None:
        self.show_wanted(ListWanted(self.spec.name))

    def refresh(self) -> None:
        """Ask again for rows and counts."""
        self.is_stale = False
        self.saved.show_pinned()
        self.apply()
        QTimer.singleShot(0, self, self._count_views)

    def show_file_now(self) -> None:
        """Show the file of the row under the cursor without waiting for the cursor to rest."""
        self.list.choose_first()
        self._rest.stop()
        self._show_current()

    def current_uid(self) -> str:
        """The record under the cursor."""
        return self.list.current_uid()

    def begin(self) -> None:
        """The keyboard goes to the rows."""
        self.list.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has room for the rows only; Enter still opens the file in its tab."""
        super().resizeEvent(event)
        self.file.setVisible(self.width() >= _BOTH_FROM)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the rows clears the words."""
        is_press = event.type() is QEvent.Type.KeyPress and watched is self.list.rows
        if (
            is_press
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.words.text()
        ):
            self.words.clear()
            return True
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        """The counts in the current language; everything else says itself."""
        self._say_count()

    def _filter(self, one: MenuSpec | PickSpec) -> MenuFilter | PickFilter:
        if isinstance(one, MenuSpec):
            return MenuFilter(one.key, one.label, one.options(self._work.desk))
        return PickFilter(one.key, one.field, one.make, self._work.sources())

    def _open_listing(self, query: Query) -> Listing:
        return Arranged(listing.open_list(self._work.desk, query), self.spec.fronts, self.spec.settle)

    def _hide_columns(self) -> None:
        """The first time, only the columns that are looked at most."""
        fronts = {front.key for front in self.spec.fronts}
        others = [one.key for one in listing.columns_of(self.spec.name) if one.key not in fronts]
        hide_at_first(self._work.memory, self.spec.name, others)

    def _reset_columns(self) -> None:
        """Columns and order as the page was made, not all there are."""
        self._hide_columns()
        self.list.begin_again(self.spec.order)

    def _count_views(self) -> None:
        pinned = [chip.kept for chip in self.saved.chips if chip.kept]
        self._work.tasks.read(
            _count_views, self._work.desk, self.spec, pinned, done=self._show_counts, patience=0
        )

    def _show_counts(self, counts: dict[str, int]) -> None:
        self.saved.show_counts(counts)
        for key, chip in self.views.items():
            chip.show_count(counts[key])

    def _say_count(self) -> None:
        model = self.list.model
        count = model.rowCount()
        if count == 1:
            self._count.say(_ROWS_ONE)
        else:
            self._count.say(_ROWS, n=number(count))
        if self.spec.total and model.state is State.READY:
            run, desk = self.spec.total, self._work.desk
            self._work.tasks.read(run, desk, self.query(), done=self.total.show_text, patience=0)
        if model.state is State.READY and not self.list.rows.currentIndex().isValid():
            QTimer.singleShot(0, self, self.list.choose_first)
        elif not count:
            self.file.show_uid("")

    def _say_hidden(self, count: int) -> None:
        """Rows that are selected still, and that nothing is done with until they are seen again."""
        self.hidden.say(_HIDDEN, n=number(count))
        self.hidden.setVisible(bool(count))

    def _show_current(self) -> None:
        self.file.show_uid(self.current_uid())

    def _to_words(self) -> None:
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def _to_rows(self) -> None:
        self.list.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.choose_first()

    def _keep_splitter(self) -> None:
        sizes = ",".join(str(one) for one in self._splitter.sizes())
        self._work.memory.keep(f"splitter/{self.spec.name}", sizes)


def _count_views(desk: Desk, spec: ListSpec, pinned: Sequence[SavedView]) -> dict[str, int]:
    """How many rows each ready view has, by its key, and each pinned one, by its uid."""
    queries = {view.key: Query(spec.name, (*spec.base, *view.filters)) for view in spec.views}
    queries |= {one.uid: views.read(one).query(spec.name) for one in pinned}
    return {key: listing.open_list(desk, query).count() for key, query in queries.items()}
