"""登录记录: who logged in, who tried in vain, what was done with accounts; for the audit administrator."""

from __future__ import annotations

from axes.models import AccessFailureLog, AccessLog
from django.db.models import Model, QuerySet
from django.http import HttpResponse

from fazheng.casework import clock
from fazheng.web.accounts_acts import ACTS
from fazheng.web.forms import Option
from fazheng.web.models import AccountAct
from fazheng.web.pages import page
from fazheng.web.paging import keyset
from fazheng.web.tables import Cell, Column, Filter, Table
from fazheng.web.visit import Visit

KINDS = {"in": "登录", "failed": "登录失败", "acts": "账户事项"}
STRANGER = "不是本单位的编号"  # what was typed may be a password in the wrong box: it is never shown
_AT = Column("at", "时间", frozen=True)
_COLUMNS = {
    "in": (_AT, Column("who", "人员编号"), Column("from", "来自"), Column("out", "退出")),
    "failed": (_AT, Column("who", "人员编号"), Column("from", "来自"), Column("lock", "锁定")),
    "acts": (_AT, Column("by", "谁办的"), Column("what", "事项"), Column("of", "谁的账户")),
}


@page("logins")
def logins(visit: Visit) -> HttpResponse:
    """One kind of record, newest first, a page at a time. One statement."""
    asked = visit.request.GET
    kind = asked.get("kind", "") if asked.get("kind", "") in KINDS else "in"
    page_, newer, older = keyset(_rows(kind, asked.get("who", "").strip()), ("-pk",), asked, lambda row: (str(row.pk),))
    filters = (
        Filter("kind", "看什么", kind, [Option(id, name, id == kind) for id, name in KINDS.items()], "select"),
        Filter("who", "人员编号", asked.get("who", "")),
    )
    rows = [_row(visit, kind, row) for row in page_]
    table = Table(f"{KINDS[kind]}记录", _COLUMNS[kind], rows, "没有这样的记录。", filters, (), newer, older)
    return visit.render("accounts/logins.html", {"table": table})


def _rows(kind: str, who: str) -> QuerySet[Model]:
    model = {"in": AccessLog, "failed": AccessFailureLog, "acts": AccountAct}[kind]
    rows: QuerySet[Model] = model.objects.all()
    return rows.filter(**{"of" if kind == "acts" else "username": who}) if who else rows


def _row(visit: Visit, kind: str, row: Model) -> list[Cell]:
    match row:
        case AccountAct():
            by, what = row.by or "命令行", ACTS.get(row.what, row.what)
            return [Cell(row.at[:16].replace("T", " ")), Cell(by), Cell(what), Cell(row.of)]
        case AccessLog():
            return [_moment(row.attempt_time), _known(visit, row.username), _place(row), _moment(row.logout_time)]
        case AccessFailureLog():
            shut = "锁定" if row.locked_out else ""
            return [_moment(row.attempt_time), _known(visit, row.username), _place(row), Cell(shut)]
    raise TypeError(kind)


def _moment(at: object) -> Cell:
    local = at.astimezone(clock.now().tzinfo) if hasattr(at, "astimezone") else None
    return Cell(local.strftime("%Y-%m-%d %H:%M") if local else "")


def _known(visit: Visit, code: str | None) -> Cell:
    return Cell(code if code and visit.roster.known(code) else STRANGER)


def _place(row: AccessLog | AccessFailureLog) -> Cell:
    return Cell(str(row.ip_address or ""))
