"""Change: one journal row. Audit, undo, screen refresh and exchange between offices all read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from migdesk.domain.fields import choice_label
from migdesk.domain.finding import Finding
from migdesk.i18n import N_

T = TypeVar("T")


class Op(StrEnum):
    """Every named use case that writes."""

    INIT_OFFICE = "init_office"
    SAVE_OFFICE = "save_office"
    SAVE_OPERATOR = "save_operator"
    SET_ROLE = "set_role"
    GIVE_RIGHT = "give_right"
    TAKE_RIGHT = "take_right"
    SAVE_SETTING = "save_setting"
    RAISE_SERIES = "raise_series"
    SAVE_CALENDAR = "save_calendar"
    TAKE_LAW = "take_law"
    SWITCH_LAW = "switch_law"
    SWITCH_LAW_ON = "switch_law_on"
    SWITCH_LAW_OFF = "switch_law_off"
    RECOUNT_LAW = "recount_law"
    CORRECT_LAW = "correct_law"
    SAVE_VIEW = "save_view"
    FORGET_VIEW = "forget_view"
    KEEP_TEMPLATE = "keep_template"
    FORGET_TEMPLATE = "forget_template"
    FORGET_SPELLING = "forget_spelling"
    SAVE_PERSON = "save_person"
    SAVE_DOCUMENT = "save_document"
    ANNUL_DOCUMENT = "annul_document"
    ATTACH = "attach"
    ANNUL_ATTACHMENT = "annul_attachment"
    SAVE_PHOTO = "save_photo"
    MERGE_FILES = "merge_files"
    SEPARATE_FILES = "separate_files"
    SAY_DISTINCT = "say_distinct"
    SAVE_PARTY = "save_party"
    BOOK_VISIT = "book_visit"
    MOVE_VISIT = "move_visit"
    MARK_VISIT = "mark_visit"
    REGISTER_ARRIVAL = "register_arrival"
    REGISTER_GROUP = "register_group"
    CORRECT_ARRIVAL = "correct_arrival"
    VERIFY_FILE = "verify_file"
    REGISTER_DEPARTURE = "register_departure"
    REGISTER_MOVE = "register_move"
    REGISTER_RETURN = "register_return"
    REGISTER_CROSSING = "register_crossing"
    RECOUNT_STAYS = "recount_stays"
    CORRECT_DEPARTURE = "correct_departure"
    CORRECT_CROSSING = "correct_crossing"
    ANNUL_EVENT = "annul_event"
    CORRECT_FAMILY = "correct_family"
    JOIN_FAMILY = "join_family"
    LEAVE_FAMILY = "leave_family"
    PART_FAMILY = "part_family"
    CHANGE_HEAD = "change_head"
    REUNITE_FAMILIES = "reunite_families"
    SAVE_NOTE = "save_note"
    VIEW_NOTES = "view_notes"
    SAVE_GUARDIAN = "save_guardian"
    OPEN_CASE = "open_case"
    CHOOSE_MEMBERS = "choose_members"
    RECEIVE_PAPER = "receive_paper"
    DO_STEP = "do_step"
    ANSWER_CASE = "answer_case"
    DECIDE_CASE = "decide_case"
    OPEN_CASES = "open_cases"
    CHECK_CASE = "check_case"
    CORRECT_CHECK = "correct_check"
    PROLONG_WATCH = "prolong_watch"
    OPEN_SESSION = "open_session"
    CHANGE_SESSION = "change_session"
    SET_AGENDA = "set_agenda"
    VOTE_CASE = "vote_case"
    CLOSE_SESSION = "close_session"
    CALL_OFF_SESSION = "call_off_session"
    FILE_APPEAL = "file_appeal"
    SETTLE_APPEAL = "settle_appeal"
    ISSUE_PERMIT = "issue_permit"
    EXTEND_PERMIT = "extend_permit"
    EXTEND_PERMITS = "extend_permits"
    REVOKE_PERMIT = "revoke_permit"
    DEMAND_PAYMENT = "demand_payment"
    RECORD_PAYMENT = "record_payment"
    CLOSE_PAYMENT = "close_payment"
    BEGIN_OBLIGATION = "begin_obligation"
    END_OBLIGATION = "end_obligation"
    ALLOT_QUOTA = "allot_quota"
    RESERVE_QUOTA = "reserve_quota"
    RELEASE_QUOTA = "release_quota"
    TRANSFER_QUOTA = "transfer_quota"
    RENEW_QUOTA = "renew_quota"
    OVERRIDE_QUOTA = "override_quota"
    ENTER_WAITING = "enter_waiting"
    SKIP_WAITING = "skip_waiting"
    INCLUDE_WAITING = "include_waiting"
    STRIKE_WAITING = "strike_waiting"
    IMPORT_WORKBOOK = "import_workbook"
    PRINT_FORM = "print_form"
    TAKE_PLACES = "take_places"
    TAKE_STOPLIST = "take_stoplist"
    DROP_STOPLIST = "drop_stoplist"
    JUDGE_STOPLIST = "judge_stoplist"
    MAKE_SAMPLE = "make_sample"
    UNDO = "undo"

    @classmethod
    def labels(cls) -> dict[Op, str]:
        """What a person reads in the journal."""
        return _LABELS


_LABELS: dict[Op, str] = {
    Op.INIT_OFFICE: N_("Office opened"),
    Op.SAVE_OFFICE: N_("Particulars of the office saved"),
    Op.SAVE_OPERATOR: N_("Operator saved"),
    Op.SET_ROLE: N_("Role of an operator set"),
    Op.GIVE_RIGHT: N_("The right to restricted notes given"),
    Op.TAKE_RIGHT: N_("The right to restricted notes withdrawn"),
    Op.SAVE_SETTING: N_("Setting changed"),
    Op.RAISE_SERIES: N_("Own start number of a series set"),
    Op.SAVE_CALENDAR: N_("Calendar changed"),
    Op.TAKE_LAW: N_("Pack of law taken in"),
    Op.SWITCH_LAW: N_("Pack of law switched on or off"),
    Op.SWITCH_LAW_ON: N_("Pack of law switched on"),
    Op.SWITCH_LAW_OFF: N_("Pack of law switched off"),
    Op.CORRECT_LAW: N_("Pack of law corrected by a new version"),
    Op.RECOUNT_LAW: N_("Due days counted by the newer law of the program"),
    Op.SAVE_VIEW: N_("View of a list kept"),
    Op.FORGET_VIEW: N_("View of a list forgotten"),
    Op.KEEP_TEMPLATE: N_("Template of an arrival kept"),
    Op.FORGET_TEMPLATE: N_("Template of an arrival forgotten"),
    Op.FORGET_SPELLING: N_("Spelling of a name forgotten"),
    Op.SAVE_PERSON: N_("Person saved"),
    Op.SAVE_DOCUMENT: N_("Travel document saved"),
    Op.ANNUL_DOCUMENT: N_("Travel document annulled"),
    Op.ATTACH: N_("Scans taken into a file"),
    Op.ANNUL_ATTACHMENT: N_("Scan annulled"),
    Op.SAVE_PHOTO: N_("Photo of a person saved"),
    Op.MERGE_FILES: N_("Two files of one person merged"),
    Op.SEPARATE_FILES: N_("A merged file taken apart again"),
    Op.SAY_DISTINCT: N_("Two files said to be two people"),
    Op.SAVE_PARTY: N_("Receiving person saved"),
    Op.BOOK_VISIT: N_("Appointment made"),
    Op.MOVE_VISIT: N_("Appointment moved"),
    Op.MARK_VISIT: N_("Appointment marked"),
    Op.REGISTER_ARRIVAL: N_("Arrival registered"),
    Op.REGISTER_GROUP: N_("A group of arrivals registered"),
    Op.CORRECT_ARRIVAL: N_("Arrival corrected"),
    Op.VERIFY_FILE: N_("File verified"),
    Op.REGISTER_DEPARTURE: N_("Departure registered"),
    Op.REGISTER_MOVE: N_("Move registered"),
    Op.REGISTER_RETURN: N_("Return registered"),
    Op.REGISTER_CROSSING: N_("Crossing of the border entered"),
    Op.RECOUNT_STAYS: N_("Ends of stay counted anew"),
    Op.CORRECT_DEPARTURE: N_("Departure corrected"),
    Op.CORRECT_CROSSING: N_("Crossing of the border corrected"),
    Op.ANNUL_EVENT: N_("Event annulled"),
    Op.CORRECT_FAMILY: N_("Event of a family corrected"),
    Op.JOIN_FAMILY: N_("A person joined a family"),
    Op.LEAVE_FAMILY: N_("A person left a family"),
    Op.PART_FAMILY: N_("A family parted in two"),
    Op.CHANGE_HEAD: N_("Head of a family changed"),
    Op.REUNITE_FAMILIES: N_("Two families reunited"),
    Op.SAVE_NOTE: N_("Note on a person written"),
    Op.VIEW_NOTES: N_("Restricted notes opened"),
    Op.SAVE_GUARDIAN: N_("Unaccompanied minor, guardian saved"),
    Op.OPEN_CASE: N_("Case opened"),
    Op.CHOOSE_MEMBERS: N_("People of a case chosen"),
    Op.RECEIVE_PAPER: N_("Paper received"),
    Op.DO_STEP: N_("Step done"),
    Op.ANSWER_CASE: N_("Questions of a case answered"),
    Op.DECIDE_CASE: N_("Case decided"),
    Op.OPEN_CASES: N_("Cases of several people opened"),
    Op.CHECK_CASE: N_("Person of a case checked"),
    Op.CORRECT_CHECK: N_("Check of a case corrected"),
    Op.PROLONG_WATCH: N_("Days of checks prolonged"),
    Op.OPEN_SESSION: N_("Session of a commission opened"),
    Op.CHANGE_SESSION: N_("Session of a commission changed"),
    Op.SET_AGENDA: N_("Agenda of a commission changed"),
    Op.VOTE_CASE: N_("Votes of a commission written"),
    Op.CLOSE_SESSION: N_("Session of a commission closed"),
    Op.CALL_OFF_SESSION: N_("Session of a commission called off"),
    Op.FILE_APPEAL: N_("Appeal filed"),
    Op.SETTLE_APPEAL: N_("Outcome of an appeal written"),
    Op.ISSUE_PERMIT: N_("Permit issued"),
    Op.EXTEND_PERMIT: N_("Permit extended"),
    Op.EXTEND_PERMITS: N_("Several permits extended"),
    Op.REVOKE_PERMIT: N_("Permit revoked"),
    Op.DEMAND_PAYMENT: N_("Payment demanded"),
    Op.RECORD_PAYMENT: N_("Payment recorded"),
    Op.CLOSE_PAYMENT: N_("Payment waived or cancelled"),
    Op.BEGIN_OBLIGATION: N_("Obligation to stay begun"),
    Op.END_OBLIGATION: N_("Obligation to stay ended"),
    Op.ALLOT_QUOTA: N_("Quota allotted"),
    Op.RESERVE_QUOTA: N_("Quota reserved"),
    Op.RELEASE_QUOTA: N_("Quota released"),
    Op.TRANSFER_QUOTA: N_("Quota transferred"),
    Op.RENEW_QUOTA: N_("Reservation of quota renewed"),
    Op.OVERRIDE_QUOTA: N_("Quota given past its limit or order by the head"),
    Op.ENTER_WAITING: N_("Entered in the waiting list"),
    Op.SKIP_WAITING: N_("Passed over in the waiting list"),
    Op.INCLUDE_WAITING: N_("Taken from the waiting list"),
    Op.STRIKE_WAITING: N_("Struck off the waiting list"),
    Op.IMPORT_WORKBOOK: N_("Workbook imported"),
    Op.PRINT_FORM: N_("Paper printed"),
    Op.TAKE_PLACES: N_("Places updated"),
    Op.TAKE_STOPLIST: N_("External list taken in"),
    Op.DROP_STOPLIST: N_("Edition of an external list removed"),
    Op.JUDGE_STOPLIST: N_("Person said not to be the one of an external list"),
    Op.MAKE_SAMPLE: N_("Sample office made"),
    Op.UNDO: N_("Undone"),
}

NOT_UNDOABLE = frozenset(
    {
        Op.INIT_OFFICE,
        Op.DECIDE_CASE,
        Op.ISSUE_PERMIT,
        Op.EXTEND_PERMIT,
        Op.PRINT_FORM,
        Op.TAKE_PLACES,
        Op.MAKE_SAMPLE,
        Op.VIEW_NOTES,
        Op.SET_ROLE,
        Op.GIVE_RIGHT,
        Op.TAKE_RIGHT,
        Op.RAISE_SERIES,
        Op.RECOUNT_STAYS,
        Op.UNDO,
    }
)
"""Ops that printed or numbered something official, or said who may do what: they have their own verbs, not undo."""

HEADS_ONLY = frozenset(
    {
        Op.SAVE_OFFICE,
        Op.SET_ROLE,
        Op.SAVE_SETTING,
        Op.RAISE_SERIES,
        Op.SAVE_CALENDAR,
        Op.TAKE_LAW,
        Op.SWITCH_LAW,
        Op.SWITCH_LAW_ON,
        Op.SWITCH_LAW_OFF,
        Op.RECOUNT_LAW,
        Op.CORRECT_LAW,
        Op.TAKE_PLACES,
        Op.OVERRIDE_QUOTA,
    }
)
"""Ops that change by which words, days and places the whole office works."""

PASSED_BY = (Op.UNDO, Op.VIEW_NOTES, Op.RECOUNT_STAYS)
"""Ops that undo walks past on its way back: they changed nothing that others rest on."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one record: per field, from what to what, as the store keeps the values."""

    table: str
    uid: str
    before: Mapping[str, object]
    after: Mapping[str, object]
    created: bool = False

    def __repr__(self) -> str:
        """No values: they may be personal data."""
        return f"<Change {self.table} {self.uid}>"


@dataclass(frozen=True, slots=True)
class Entry:
    """One op as the journal has it."""

    uid: str
    op: Op
    operator: str
    machine: str
    at: str
    rules: str
    undoes: str | None
    undone: bool
    changes: int
    about: str = field(default="", repr=False)
    """Whom and what it touched: a name, a number; not in the repr, since it is personal data."""
    undid: Op | None = None
    """What an undo took back."""

    @property
    def words(self) -> str:
        """A sentence for people: what was done, and to whom."""
        undid = choice_label(self.undid) if self.undid else ""
        return ": ".join(part for part in (choice_label(self.op), undid, self.about) if part)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What one op changed; screens that show one of its tables refresh.

    Of an op that another window or program wrote (`elsewhere`) it tells only which tables.
    """

    op: Op
    op_uid: str
    changes: tuple[Change, ...]
    elsewhere: bool = False

    @property
    def tables(self) -> frozenset[str]:
        """Tables touched."""
        return frozenset(change.table for change in self.changes)


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """The answer of a service that wrote: what was made, what changed, what the checks said."""

    value: T
    changes: ChangeSet
    findings: tuple[Finding, ...] = ()
