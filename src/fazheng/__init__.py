"""Fazheng 法正: a civil-affairs bureau's book of law."""

__version__ = "0.5.0"
