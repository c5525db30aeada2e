# Peer side of the figures benchmark: the same hundred integers by one GROUP BY, the ORM, polars and DuckDB.
"""W3: a hundred yearly figures over a table of n cases (10 kinds x 10 measures, one year of five).

Measures per kind, for cases filed in 2025: filed, accepted, refused, decided, confirmed, decided on time, overdue and
open, sum of days filed -> decided, urban confirmed, amount paid. Days are numbers since 1970.
"""
import random
import sqlite3

Y0, LAST = 20089, 20453  # 2025-01-01 .. 2025-12-31
COLUMNS = "kind filed accepted decided due result urban amount".split()


def data(n, seed=3):
    """One tuple a case, by the day it was filed; `decided` -1 where it is not; `result` 0 none, 1 confirmed, 2 refused."""
    r = random.Random(seed)
    out = []
    for filed in sorted(r.randrange(Y0 - 4 * 365, LAST + 1) for _ in range(n)):
        decided = filed + r.randrange(3, 60)
        if decided > LAST or r.random() < 0.05: decided = -1
        result = 0 if decided < 0 else 1 if r.random() < 0.8 else 2
        out.append((r.randrange(10), filed, int(r.random() < 0.93), decided, filed + 30, result, r.randrange(2),
                    r.randrange(100, 90000) * (result == 1)))
    return out


SQL = f"""select kind, count(*), sum(accepted), sum(case when result=2 then 1 else 0 end), sum(case when decided>=0 then 1 else 0 end),
 sum(case when result=1 then 1 else 0 end), sum(case when decided>=0 and decided<=due then 1 else 0 end),
 sum(case when decided<0 and due<{LAST} then 1 else 0 end), sum(case when decided>=0 then decided-filed else 0 end),
 sum(case when result=1 and urban=1 then 1 else 0 end), sum(amount)
 from c where filed>={Y0} and filed<={LAST} group by kind order by kind"""


def norm(rows): return [[int(x) for x in r] for r in rows]


def sqlite(path, rows):
    """A function that asks the table of these rows, in a file of its own."""
    c = sqlite3.connect(path); c.execute("pragma journal_mode=wal"); c.execute("pragma synchronous=off")
    c.execute("create table c(id integer primary key, " + ",".join(f"{k} integer" for k in COLUMNS) + ")")
    c.executemany("insert into c values(null" + ",?" * len(COLUMNS) + ")", rows)
    c.execute("create index ix on c(filed)"); c.execute("create index ix2 on c(kind, filed)"); c.execute("analyze"); c.commit()
    return lambda: norm(c.execute(SQL).fetchall())


def orm(path):
    """The same by one annotated query of Django, over the file that `sqlite` made."""
    from django.db import connections, models
    from django.db.models import Count, F, Q, Sum
    connections.settings["peer"] = {**connections.settings["default"], "NAME": path, "ENGINE": "django.db.backends.sqlite3"}

    class C(models.Model):
        kind = models.IntegerField(); filed = models.IntegerField(); accepted = models.IntegerField(); decided = models.IntegerField()
        due = models.IntegerField(); result = models.IntegerField(); urban = models.IntegerField(); amount = models.IntegerField()
        class Meta: app_label = "peer"; db_table = "c"; managed = False
    qs = C.objects.using("peer").filter(filed__gte=Y0, filed__lte=LAST)

    def grouped():
        r = qs.values("kind").annotate(a=Count("id"), b=Sum("accepted"), c=Count("id", filter=Q(result=2)), d=Count("id", filter=Q(decided__gte=0)), e=Count("id", filter=Q(result=1)),
            f=Count("id", filter=Q(decided__gte=0, decided__lte=F("due"))), g=Count("id", filter=Q(decided__lt=0, due__lt=LAST)),
            h=Sum(F("decided") - F("filed"), filter=Q(decided__gte=0)), i=Count("id", filter=Q(result=1, urban=1)), j=Sum("amount")).order_by("kind")
        return norm([x["kind"]] + [x[k] or 0 for k in "abcdefghij"] for x in r)
    return grouped


def polars(rows):
    import polars as pl
    pf = pl.DataFrame(rows, schema=COLUMNS, orient="row")
    c = pl.col; dd = c("decided") >= 0
    return lambda: norm(pf.lazy().filter((c("filed") >= Y0) & (c("filed") <= LAST)).group_by("kind").agg(a=pl.len(), b=c("accepted").sum(), c=(c("result") == 2).sum(), d=dd.sum(), e=(c("result") == 1).sum(),
        f=(dd & (c("decided") <= c("due"))).sum(), g=(~dd & (c("due") < LAST)).sum(), h=(c("decided") - c("filed")).filter(dd).sum(), i=((c("result") == 1) & (c("urban") == 1)).sum(),
        j=c("amount").cast(pl.Int64).sum()).sort("kind").collect().rows())


def duckdb(path, file):
    """DuckDB over a table of its own, read from the file that `sqlite` made, through CSV: no extension is fetched."""
    import csv
    import duckdb as duck
    with open(path, "w", newline="") as out:
        w = csv.writer(out); w.writerow(COLUMNS); w.writerows(sqlite3.connect(file).execute(f"select {','.join(COLUMNS)} from c"))
    con = duck.connect(); con.execute(f"create table c as select * from read_csv('{path}')")
    return lambda: norm(con.execute(SQL).fetchall())
