"""A list the way django-ninja gives it: JSON, LimitOffsetPagination with its count, no log-in, over as many cases.

    python -m benchmarks.peers.desk_ninja DATABASE CASES PORT

After W6 of the comparison the project began with: the same rows, the same index, under the same waitress with as many
threads as ours. Fifty rows a page, as ours.
"""

# mypy: ignore-errors
# ruff: noqa: E402
import json
import random
import sqlite3
import sys

FILE, CASES, PORT = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
STATES = ["applied", "accepted", "checking", "checked", "visited", "reviewed", "posted", "confirmed"]
KINDS = ["最低生活保障", "特困供养", "临时救助", "殡葬处罚"]
FIELDS = ["id", "no", "kind", "town", "applicant", "state", "due", "at"]


def build() -> None:
    dice, opened = random.Random(1), sqlite3.connect(FILE)
    opened.execute("pragma journal_mode=wal")
    opened.execute(
        "create table w6_case(id integer primary key, no text, kind text, town text, applicant text, state text,"
        " due text, at text, facts text)"
    )
    opened.executemany(
        "insert into w6_case values(?,?,?,?,?,?,?,?,?)",
        (
            (n, f"DB2025-{n:07}", dice.choice(KINDS), f"第{n % 40}乡镇", "示例" + chr(0x4E00 + n % 3000), dice.choice(STATES),
             f"2025-{n % 12 + 1:02}-{n % 28 + 1:02}", "2025-09-15", json.dumps({"docs": 4, "income": n % 80000}))
            for n in range(CASES)
        ),
    )  # fmt: skip
    opened.execute("create index w6_a on w6_case(state, due, id)")
    opened.commit()
    opened.close()


build()
import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="peer", USE_TZ=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FILE, "CONN_MAX_AGE": None}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"],
    MIDDLEWARE=["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"],
)  # fmt: skip
django.setup()
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.urls import path
from ninja import ModelSchema, NinjaAPI
from ninja.pagination import LimitOffsetPagination, paginate
from waitress import serve


class Case(models.Model):
    no = models.TextField()
    kind = models.TextField()
    town = models.TextField()
    applicant = models.TextField()
    state = models.TextField()
    due = models.DateField()
    at = models.DateField()
    facts = models.JSONField()

    class Meta:
        app_label = "w6"
        db_table = "w6_case"
        managed = False


class CaseSchema(ModelSchema):
    class Meta:
        model = Case
        fields = FIELDS


api = NinjaAPI()


@api.get("list", response=list[CaseSchema])
@paginate(LimitOffsetPagination)
def cases(request, state: str = "applied"):
    return Case.objects.filter(state=state).order_by("due", "id")


urlpatterns = [path("api/", api.urls)]
serve(get_wsgi_application(), host="127.0.0.1", port=PORT, threads=8, _quiet=True)
