from django.db import models
from django_fsm import FSMField, transition
from simple_history.models import HistoricalRecords
from w1_scenario import STEPS, GATES, ROLE_OF
NEED = {s[0]: s[1] for s in STEPS}


class Event(models.Model):
    seq = models.BigIntegerField(primary_key=True)
    body = models.BinaryField()
    hash = models.BinaryField()


def mk(name, step, frm, to, gate):
    def f(self): pass
    f.__name__ = name
    return transition(field="state", source=frm, target=to,
                      conditions=[lambda s, g=GATES[gate]: g(s.facts)],
                      permission=lambda s, u, r=NEED[step]: ROLE_OF[u.username] == r)(f)


class CaseBase(models.Model):
    id = models.BigIntegerField(primary_key=True)
    state = FSMField(default="new")
    due = models.DateField(null=True)
    at = models.DateField(null=True)
    facts = models.JSONField()
    class Meta: abstract = True


ns = {f"do_{k}": mk(f"do_{k}", s[0], s[2], s[3], s[5]) for k, s in enumerate(STEPS)}
ns["history"] = HistoricalRecords()
Case = type("Case", (CaseBase,), dict(__module__=__name__, **ns))
