"""W1 with Django, django-fsm-2 and django-simple-history, SQLite WAL FULL, as those who measured it wrote it.

Usage: python w1_django.py CASES FOLDER; prints the seconds of one run.
"""
import os, sys, time
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from w1_scenario import *
N, DBF = int(sys.argv[1]), f"{sys.argv[2]}/w1_django.db"
os.environ.pop("DJANGO_SETTINGS_MODULE", None)
import django
from django.conf import settings
DB = dict(ENGINE="django.db.backends.sqlite3", NAME=DBF, OPTIONS={
    "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=wal;PRAGMA synchronous=FULL;"})
settings.configure(DEBUG=False, DATABASES={"default": DB}, USE_TZ=True, SECRET_KEY="x",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", MIGRATION_MODULES={"w1_benchapp": None},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "simple_history", "w1_benchapp"])
django.setup()
from django.db import transaction
from django.core.management import call_command
from django.contrib.auth.models import User
call_command("migrate", verbosity=0, run_syncdb=True)
from django_fsm import can_proceed, has_transition_perm
from w1_benchapp.models import Event, Case


def setup():
    users = {u: User.objects.create(username=u) for u in ACTORS.values()}
    with transaction.atomic():
        for i in range(N):
            Case.objects.create(id=i, facts=facts(i))
    return users


def run(users):
    for k, (step, role, frm, to, days, gate) in enumerate(STEPS):
        user = users[ACTORS[role]]
        for i in range(N):
            with transaction.atomic():
                case = Case.objects.get(pk=i)
                at = act_date(k, i)
                due = add_workdays_naive(at, days)
                m = getattr(case, f"do_{k}")
                assert can_proceed(m) and has_transition_perm(m, user)
                m()
                case.due, case.at = due, at
                last = Event.objects.order_by("-seq").first()
                seq = last.seq + 1 if last else 1
                prev = bytes(last.hash) if last else GENESIS
                body = canon(seq, i, step, user.username, frm, to, at.isoformat(), due.isoformat())
                h = link(prev, body)
                Event.objects.create(seq=seq, body=body, hash=h)
                case.save()
    head = bytes(Event.objects.order_by("-seq").first().hash).hex()
    return head, rm_digest((c.id, c.state, c.due.isoformat()) for c in Case.objects.all())


a = setup()
t = time.perf_counter()
found = run(a)
print(time.perf_counter() - t)
assert found == expected(N)
