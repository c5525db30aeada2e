"""Tables of the desk's own file. Nothing here is law: who may log in, and what a person keeps for themselves."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Accounts(BaseUserManager["Account"]):
    """Accounts by their staff code."""

    def open(self, code: str, password: str, *, must_change: bool = True) -> Account:
        """A new account, or the one there is with a new password and its lock gone."""
        account = self.filter(code=code).first() or self.model(code=code)
        account.set_password(password)
        account.is_active, account.must_change_password = True, must_change
        account.save()
        return account


class Account(AbstractBaseUser):
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
