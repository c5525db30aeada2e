"""Tables of the desk's own file. Nothing here is law: who may log in, and what a person keeps for themselves."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django_otp.models import Device, ThrottlingMixin


class Accounts(BaseUserManager["Account"]):
    """Accounts by their staff code."""

    def open(self, code: str, password: str, *, must_change: bool = True) -> Account:
        """A new account, or the one there is with a new password and its lock gone."""
        account = self.filter(code=code).first() or self.model(code=code)
        account.set_password(password)
        account.is_active, account.must_change_password = True, must_change
        account.save()
        return account


class Account(AbstractBaseUser):  # type: ignore[django-manager-missing]  # of SecondFactor: django-otp has no types
    """Who may log in: a staff code and a password. No name: that is in the private store, and shown from there."""

    code = models.CharField("人员编号", max_length=40, unique=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)

    USERNAME_FIELD = "code"
    objects = Accounts()

    class Meta:
        db_table = "web_account"

    def __str__(self) -> str:
        return self.code


class Draft(models.Model):
    """A form that a person has not sent yet: sealed by casework.half_typed, wiped once it is recorded."""

    code = models.CharField(max_length=40)
    place = models.CharField(max_length=200)  # which form: the case and the step, nothing that was typed
    kept = models.TextField()
    on = models.CharField(max_length=10)  # the day it was kept

    class Meta:
        db_table = "web_draft"
        constraints = (models.UniqueConstraint(fields=["code", "place"], name="one_draft_of_a_form"),)


class SecondFactor(ThrottlingMixin, Device):  # type: ignore[misc]  # django-otp has no types
    """The authenticator of a person's phone. Its seed stands sealed, its recovery codes as digests."""

    sealed = models.TextField()  # the seed under `desk.key`, by the cipher of the private store
    last_t = models.BigIntegerField(default=-1)  # the time step last used: a code serves once
    recovery = models.TextField(default="[]")  # JSON list of digests, each taken out when it was used

    def get_throttle_factor(self) -> float:
        """Seconds to wait after the first wrong code, doubled with each further one."""
        return 1.0

    class Meta:
        db_table = "web_second_factor"
        constraints = (models.UniqueConstraint(fields=["user"], name="second_factor_of_account"),)


class Feed(models.Model):
    """The calendar feed of a person: whoever has its token reads which days are due, and nothing else."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True)
    token_digest = models.CharField(max_length=64, unique=True)  # SHA-256: the token itself is shown once
    made_on = models.CharField(max_length=10)

    class Meta:
        db_table = "web_feed"


class ListView(models.Model):
    """A list as one person likes it: its filters and its order, under a name. No value that is held apart."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    list = models.CharField(max_length=80)
    name = models.CharField(max_length=30)
    query = models.CharField(max_length=2000)

    class Meta:
        db_table = "web_list_view"
        constraints = (models.UniqueConstraint(fields=["account", "list", "name"], name="one_view_of_a_name"),)


class AccountAct(models.Model):
    """What was done with an account: when, by whom, with whose. Never changed: triggers of the database refuse it."""

    at = models.CharField(max_length=32)
    by = models.CharField(max_length=40)
    of = models.CharField(max_length=40)
    what = models.CharField(max_length=20)  # a key of web/accounts.py ACTS

    class Meta:
        db_table = "web_account_act"


class ImportJob(models.Model):
    """An import from its upload to its end. The workbook lies beside, in the home, until it is in the book.

    `told` is what the last run of it found, as JSON, without anything that is held apart.
    """

    key = models.CharField(max_length=32, primary_key=True)
    by = models.CharField(max_length=40)
    made_at = models.CharField(max_length=32)
    state = models.CharField(max_length=12)  # of web/importing_jobs.py
    kind = models.CharField(max_length=8, default="import")  # or undo
    sheets = models.CharField(max_length=80, default="")  # the mapping by which it is read; "" for our own template
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    told = models.TextField(default="{}")
    number = models.IntegerField(default=0)  # of the import in the book
    before = models.IntegerField(default=0)  # imports that the book had when this one was being recorded
    process = models.CharField(max_length=32, default="")  # the server that works on it

    class Meta:
        db_table = "web_import_job"


class Verifying(models.Model):
    """A verification of the book that somebody began here: how far it is, and what came of it."""

    bureau = models.CharField(max_length=18)
    by = models.CharField(max_length=40)
    begun_at = models.CharField(max_length=32)
    everything = models.BooleanField()
    process = models.CharField(max_length=32)  # of the server that does it: another one's, unended, was broken off
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    ended_at = models.CharField(max_length=32, default="")
    sound = models.BooleanField(null=True)
    said = models.TextField(default="")

    class Meta:
        db_table = "web_verifying"
        indexes = (models.Index(fields=["bureau", "-id"], name="verifying_last"),)
