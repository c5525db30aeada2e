"""The naive Python checker: four rules as one writes them first. The function is kept as it was written."""

import datetime as dt
import re

from benchmarks.peers.w4_data import DUP, LAWS


def naive(docs):
    """what one writes first: lists, a rule at a time, a line at a time"""
    o = dict(law=0, dup=0, date=0, sum=0)
    for d in docs:
        for line in d.split("\n"):
            for c in re.findall(r"《([^》]{2,60})》", line):
                if c not in LAWS: o["law"] += 1            # list, not set
            for w in DUP:
                o["dup"] += line.count(w)
            for y, m, dd in re.findall(r"(\d{4})年(\d{1,2})月(\d{1,2})日", line):
                try: dt.date(int(y), int(m), int(dd))
                except ValueError: o["date"] += 1
            for parts, n in re.findall(r"其中((?:[^，。、\d]{1,12}\d+件、?)+)，共计(\d+)件", line):
                if sum(map(int, re.findall(r"\d+", parts))) != int(n): o["sum"] += 1
    return o
