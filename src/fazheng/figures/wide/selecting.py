"""The statement that makes rows of the wide form from the projections, all cases or those of a list.

A row holds of every event name the latest event on the day, or the first one where all come later, and of every limit
the start that counts. It says the truth for every day on which the same ones would be chosen: from `since` (events)
and `begun_since` (limits), and before `until` and `begun_until`.
"""

from __future__ import annotations

from dataclasses import dataclass

from fazheng.figures.dialects import Dialect
from fazheng.figures.fragments import Sql, joined, sql
from fazheng.figures.wide.columns import Column

NEVER_ENDS = "9999-99-99"
FIXED = (
    "case_id TEXT PRIMARY KEY", "born TEXT NOT NULL", "since TEXT NOT NULL",
    "until TEXT NOT NULL", "begun_since TEXT NOT NULL", "begun_until TEXT NOT NULL",
)  # fmt: skip
TOUCHED = "figures_touched"  # a table of this connection alone: the cases to be made anew; `entered`: or only again
_CLOCK = {"begun": "k.begun", "due": "CASE WHEN NOT k.estimate THEN k.due END", "done": "k.done"}
Made = tuple[str, Sql]  # a column with its kind, and how it is made


@dataclass(frozen=True)
class Making:
    """What rows are made of: one procedure of a bureau, as of a day."""

    bureau: str
    procedure: str
    day: str
    dialect: Dialect
    shape: tuple[Column, ...]

    def declared(self) -> list[str]:
        """The columns with their kinds, in the order in which `selected` yields them."""
        return [*FIXED, *(name for name, _ in (*self._events(), *self._clocks(), *self._gates()))]

    def inserted(self, table: str, *, listed: bool) -> Sql:
        """The statement that puts the rows into the table: of all cases, or of those that TOUCHED lists."""
        columns = [told.split()[0] for told in self.declared()]
        among = f" AND {{}}.case_id IN (SELECT case_id FROM {TOUCHED})" if listed else ""
        parts = [self._ranked(among), self._by_case()]
        joins, starts, limits = "", "e.case_id", ("''", f"'{NEVER_ENDS}'")
        if self._clocks():
            parts += [self._starts(among), self._clocks_by_case()]
            joins += " LEFT JOIN k ON k.case_id = e.case_id"
            limits = "COALESCE(k.begun_since, '')", f"COALESCE(k.begun_until, '{NEVER_ENDS}')"
        if self._gates():
            parts.append(self._gates_by_case(among))
            joins += " LEFT JOIN g ON g.case_id = e.case_id"
        chosen = ", ".join([starts, "e.born", "e.since", "e.until", *limits, *columns[len(FIXED) :]])
        named = ", ".join(columns)
        text = f"WITH {', '.join(['{}'] * len(parts))} INSERT INTO {table} ({named}) SELECT {chosen} FROM e{joins}"
        return sql(text, *parts)

    def several(self, table: str, column: Column | None) -> Sql:
        """The events that a case has several times, of the column's name or of all that are counted: those of the rows
        of the table `w`. For a list of cases `x` before it.
        """
        columns = [column] if column else self._named("all")
        names = [sql(f"(s.event = {{}} AND w.{one.name} > 1)", one.of) for one in columns]
        of_list = " AND w.case_id = x.case_id" if column is None else ""
        return sql(
            f"SELECT s.case_id, s.event, s.on_day, s.data FROM {table} w CROSS JOIN ledger_standing_event s"
            f" WHERE s.bureau = {{}} AND s.case_id = w.case_id{of_list} AND {{}}",
            self.bureau, joined("OR", names),
        )  # fmt: skip

    def _named(self, *what: str) -> list[Column]:
        return [column for column in self.shape if column.what in what]

    def _events(self) -> list[Made]:
        made: list[Made] = []
        for column in self._named("day", "version", "by", "times", "all", "field"):
            event = sql("r.event = {}", column.of)
            only = sql("{} AND r.nth = 1", event)
            match column.what:
                case "day" | "by":
                    value = "r.on_day" if column.what == "day" else 'r."by"'
                    made.append((f"{column.name} TEXT", sql(f"MAX({value}) FILTER (WHERE {{}})", only)))
                case "version":
                    made.append((f"{column.name} INTEGER", sql("MAX(r.version) FILTER (WHERE {})", only)))
                case "times" | "all":
                    by_then = sql("{} AND r.on_day <= r.chosen", event) if column.what == "times" else event
                    made.append((f"{column.name} INTEGER", sql("COUNT(*) FILTER (WHERE {})", by_then)))
                case _:
                    made += self.dialect.keeping(column.name, "r.data", column.field, only)
        return made

    def _clocks(self) -> list[Made]:
        return [
            (f"{column.name} TEXT",
             sql(f'MAX({_CLOCK[column.what]}) FILTER (WHERE k."limit" = {{}} AND k.counts = 1)', column.of))
            for column in self._named(*_CLOCK)
        ]  # fmt: skip

    def _gates(self) -> list[Made]:
        return [
            (f"{column.name} TEXT", sql("MIN(d.on_day) FILTER (WHERE d.gate = {})", column.of))
            for column in self._named("gate")
        ]

    def _ranked(self, among: str) -> Sql:
        """Standing events `r`: of each name the one the row holds comes first, and `chosen` is its day."""
        return sql(
            "r AS (SELECT s.case_id, s.event, s.version, s.on_day, s.\"by\", s.data, ROW_NUMBER() OVER z AS nth,"
            " FIRST_VALUE(s.on_day) OVER z AS chosen"
            f" FROM ledger_standing_event s WHERE s.bureau = {{}} AND s.procedure = {{}}{among.format('s')}"
            " WINDOW z AS (PARTITION BY s.case_id, s.event ORDER BY CASE WHEN s.on_day <= {} THEN 0 ELSE 1 END,"
            " CASE WHEN s.on_day <= {} THEN s.on_day END DESC, s.on_day, s.version DESC))",
            self.bureau, self.procedure, self.day, self.day,
        )  # fmt: skip

    def _by_case(self) -> Sql:
        asked = sorted({column.of for column in self._named("day", "version", "by", "times", "all", "field")})
        among = joined(",", [sql("{}", event) for event in asked]) if asked else Sql("(NULL)")
        made = [sql(f"{{}} AS {name.split()[0]}", value) for name, value in self._events()]
        return sql(
            "e AS (SELECT r.case_id, MIN(r.on_day) AS born,"
            " COALESCE(MAX(r.chosen) FILTER (WHERE r.on_day < r.chosen AND r.event IN {}), '') AS since,"
            " COALESCE(MIN(r.on_day) FILTER (WHERE r.on_day > r.chosen AND r.event IN {}),"
            f" '{NEVER_ENDS}') AS until"
            f"{_listed(made)} FROM r GROUP BY r.case_id)",
            among, among, *made,
        )  # fmt: skip

    def _starts(self, among: str) -> Sql:
        """Starts of limits `k`; `counts` where it is the only one ever, or the one that counts on the day."""
        limits = sorted({column.of for column in self._named(*_CLOCK)})
        return sql(
            'ks AS (SELECT k.case_id, k."limit", k.begun, k.superseded_on, k.due, k.done, k.estimate,'
            ' CASE WHEN COUNT(*) OVER (PARTITION BY k.case_id, k."limit") = 1 AND k.superseded_on IS NULL'
            " THEN 1 ELSE 0 END AS alone FROM ledger_case c JOIN ledger_clock k ON k.bureau = c.bureau"
            f" AND k.case_id = c.case_id WHERE c.bureau = {{}} AND c.procedure = {{}}{among.format('c')}"
            ' AND k."limit" IN {}),'
            " kc AS (SELECT ks.*, CASE WHEN alone = 1"
            " OR (begun <= {} AND (superseded_on IS NULL OR superseded_on > {})) THEN 1 ELSE 0 END AS counts FROM ks)",
            self.bureau, self.procedure, joined(",", [sql("{}", limit) for limit in limits]), self.day, self.day,
        )  # fmt: skip

    def _clocks_by_case(self) -> Sql:
        """A case with two starts of a limit that count on one day cannot be held in a row: it is never valid."""
        made = [sql(f"{{}} AS {name.split()[0]}", value) for name, value in self._clocks()]
        limits = sorted({column.of for column in self._named(*_CLOCK)})
        twice = [sql('COUNT(*) FILTER (WHERE k."limit" = {} AND k.counts = 1) > 1', limit) for limit in limits]
        return sql(
            "k AS (SELECT k.case_id,"
            " COALESCE(MAX(CASE WHEN k.superseded_on <= {} THEN k.superseded_on WHEN k.begun <= {} THEN k.begun END)"
            " FILTER (WHERE k.alone = 0), '') AS begun_since,"
            " CASE WHEN {} THEN '' ELSE"
            " COALESCE(MIN(CASE WHEN k.begun > {} THEN k.begun WHEN k.superseded_on > {} THEN k.superseded_on END)"
            f" FILTER (WHERE k.alone = 0), '{NEVER_ENDS}') END AS begun_until{_listed(made)}"
            " FROM kc k GROUP BY k.case_id)",
            self.day, self.day, joined("OR", twice), self.day, self.day, *made,
        )  # fmt: skip

    def _gates_by_case(self, among: str) -> Sql:
        made = [sql(f"{{}} AS {name.split()[0]}", value) for name, value in self._gates()]
        gates = joined(",", [sql("{}", column.of) for column in self._named("gate")])
        return sql(
            f"g AS (SELECT d.case_id{_listed(made)} FROM ledger_defect d WHERE d.bureau = {{}} AND d.gate IN {{}}"
            f"{among.format('d')} GROUP BY d.case_id)",
            *made, self.bureau, gates,
        )  # fmt: skip


def _listed(made: list[Sql]) -> str:
    return "".join([", {}"] * len(made))
