"""All record classes of the register, in the order their tables depend on each other."""

from __future__ import annotations

from migdesk.domain.appointment import Appointment
from migdesk.domain.arrival import Arrival, Departure, Stay
from migdesk.domain.batch import Batch, BatchRow
from migdesk.domain.case import Case, CaseAppeal, CaseDetail, CaseMember, CasePaper, CaseStep
from migdesk.domain.case_check import CaseCheck
from migdesk.domain.detail import Detail
from migdesk.domain.law_pack import LawPack
from migdesk.domain.name_spelling import NameSpelling
from migdesk.domain.office import CalendarDay, Office, Operator, Setting
from migdesk.domain.party import Address, Party
from migdesk.domain.payment import Obligation, Payment, PaymentPart
from migdesk.domain.permit import Permit
from migdesk.domain.person import Distinct, Family, Membership, Person, TravelDocument
from migdesk.domain.printout import Printout
from migdesk.domain.protection import NoteViewing, PersonNote, Unaccompanied
from migdesk.domain.quota import Allotment, Quota, Reservation, Skip, Waiting
from migdesk.domain.record import Record
from migdesk.domain.saved_view import SavedView
from migdesk.domain.scan import Attachment
from migdesk.domain.session import Session, SessionItem, SessionMember, SessionVote
from migdesk.domain.stoplist import StopJudgement, StopList, StopRow

RECORDS: tuple[type[Record], ...] = (
    Office,
    Operator,
    Setting,
    CalendarDay,
    LawPack,
    SavedView,
    NameSpelling,
    Person,
    Distinct,
    TravelDocument,
    Family,
    Membership,
    Address,
    Party,
    Arrival,
    Detail,
    Departure,
    Stay,
    Quota,
    Allotment,
    Reservation,
    Case,
    CaseMember,
    CasePaper,
    CaseStep,
    CaseDetail,
    CaseAppeal,
    CaseCheck,
    Session,
    SessionMember,
    SessionItem,
    SessionVote,
    Waiting,
    Skip,
    Permit,
    Payment,
    PaymentPart,
    Obligation,
    Attachment,
    PersonNote,
    NoteViewing,
    Unaccompanied,
    Appointment,
    StopList,
    StopRow,
    StopJudgement,
    Printout,
    Batch,
    BatchRow,
)

BY_TABLE: dict[str, type[Record]] = {cls.table: cls for cls in RECORDS}
