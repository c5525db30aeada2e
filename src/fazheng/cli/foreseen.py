"""The faults that a command may meet and tells in its own sentence."""

from django.db import DatabaseError

from fazheng.casework.bureaux import BureauFault
from fazheng.casework.folding import CaseUnknown
from fazheng.casework.moment import ClockBehind
from fazheng.casework.workbook import UnusableWorkbook
from fazheng.cli.common import Unusable
from fazheng.exports import ExportFault
from fazheng.figures.wide.reader import BookMoved
from fazheng.lawbook.fault import LawFault
from fazheng.ledger.attachments import AttachmentFault
from fazheng.ledger.backup import BackupUnusable
from fazheng.ledger.chain import NotCanonical
from fazheng.ledger.faults import HomeMissing, HomeUnreadable, explained
from fazheng.ledger.private_keys import PrivateUnreadable
from fazheng.procedure.attempt import UnknownStep

UNUSABLE = (
    UnusableWorkbook,
    Unusable,
    BackupUnusable,
    BureauFault,
    CaseUnknown,
    UnknownStep,
    LawFault,
    HomeMissing,
    HomeUnreadable,
    NotCanonical,
    ExportFault,
    PrivateUnreadable,
    AttachmentFault,
    ClockBehind,
    BookMoved,
)
EXPLAINED = (DatabaseError, OSError)
__all__ = ("EXPLAINED", "UNUSABLE", "explained")
