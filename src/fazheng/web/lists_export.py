"""Handing a list out: written aside, entered in the book, and only then sent."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import HttpResponse

from fazheng.casework.act import Act
from fazheng.casework.lists.handing_out import FORMS, HandedOut, ListTooLong, hand_out, may_leave, write_csv, write_xlsx
from fazheng.procedure.surroundings import Refusal
from fazheng.web.sending import on_a_page
from fazheng.web.visit import Visit

_MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
TOO_LONG = "这张表超过一百万行，一个工作簿装不下。请先用上面的筛选缩小范围，或者导出为csv"


def export_of(visit: Visit, out: HandedOut, back: str) -> HttpResponse:
    """The file; or, refused, a page that says why, with the way back."""
    post = visit.request.POST
    form = next((one for one in FORMS if one == post.get("form")), FORMS[0])
    to, by = post.get("to", "").strip(), Act(visit.today, visit.viewer.code, {})
    if refused := may_leave(visit.looking, by, to):
        return _refused(visit, refused, back)
    with tempfile.TemporaryDirectory(dir=visit.serving.home, prefix=".export-") as folder:
        path = Path(folder) / f"list.{form}"
        try:
            many = (write_xlsx if form == "xlsx" else write_csv)(path, out)
        except ListTooLong:
            return visit.render("lists/refused.html", {"why": TOO_LONG, "back": back}, 422)
        if refused := visit.desk.submit(lambda act: hand_out(act, by, out, form, to, many, path)):
            return _refused(visit, refused, back)
        answer = HttpResponse(path.read_bytes(), content_type=_MEDIA[form])
    answer["Content-Disposition"] = f'attachment; filename="{out.name}-{visit.today}.{form}"'
    return answer


def _refused(visit: Visit, refused: tuple[Refusal, ...], back: str) -> HttpResponse:
    return visit.render("lists/refused.html", {"refusals": on_a_page(refused), "back": back}, 422)
