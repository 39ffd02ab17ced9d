"""Intake (F7): a whole family on one screen, typed or scanned, kept as a draft until it is registered."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import shiboken6
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QVBoxLayout, QWidget

from migdesk.domain.arrival import Arrival, StayBasis
from migdesk.domain.change import Done
from migdesk.domain.errors import Invalid, Stale
from migdesk.domain.fields import Code
from migdesk.domain.finding import Finding, blocking, warn
from migdesk.domain.ids import clean_document_number
from migdesk.domain.mrz import MrzReading, split_documents
from migdesk.domain.party import PartyKind
from migdesk.domain.person import Completeness
from migdesk.i18n import N_
from migdesk.services import checks, people
from migdesk.services.arrivals import ArrivalDraft, Registered
from migdesk.services.people import Likely
from migdesk.ui import intake_scan, theme
from migdesk.ui.actions import Action
from migdesk.ui.dialogs.source import show_source
from migdesk.ui.family_grid import put
from migdesk.ui.frame import PageFrame
from migdesk.ui.intake_footer import IntakeFooter, Lack
from migdesk.ui.intake_form import LAST, ZONE, IntakeForm
from migdesk.ui.intake_keeper import IntakeKeeper
from migdesk.ui.intake_look import Known, Look, Offers, fetch, look, read_scan, register
from migdesk.ui.intake_sheet import (
    ALL,
    DOCUMENT,
    HOST,
    LACKING,
    MEMBER,
    NEW_HOST,
    PERSON,
    SHARED,
    Book,
    Cell,
    Sheet,
    by_cell,
    cell_of,
)
from migdesk.ui.likely_rail import MOST, WIDTH, LikelyRail, Otherwise
from migdesk.ui.messages import Notice
from migdesk.ui.style import mark
from migdesk.ui.theme import Tone
from migdesk.ui.words import said, shown
from migdesk.ui.workplace import Workplace
