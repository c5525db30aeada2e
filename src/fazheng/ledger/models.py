"""Tables. Entry and PrivateValue are the record; every other table is a projection that `rebuild` makes again.

Days are ISO text (YYYY-MM-DD) and not DATE, so that the bytes that are hashed are the bytes that are stored,
on SQLite and PostgreSQL alike. The bureau is the first key column of every table that grows.
"""

from django.db import models


class Entry(models.Model):
    """One line of the book. Written once, by `ledger.append` alone; the database refuses UPDATE and DELETE."""

    pk = models.CompositePrimaryKey("bureau", "seq")
    bureau = models.CharField(max_length=18)
    seq = models.BigIntegerField()  # 1, 2, 3 … without a gap in each bureau
    case_id = models.CharField(max_length=120)
    version = models.IntegerField()  # 1, 2, 3 … without a gap in each case: the lock
    event = models.CharField(max_length=80)
    data = models.TextField()  # canonical JSON object; what is held apart stands as {"apart": digest}
    defects = models.TextField()  # canonical JSON list of {"gate", "article"}: gates broken by what had happened
    warnings = models.TextField()  # the same for rules that only warn
    by = models.CharField(max_length=40)  # who did it
    entered_by = models.CharField(max_length=40)  # who entered it
    acting_as = models.CharField(max_length=40)  # the role of `by`
    happened_on = models.CharField(max_length=10)
    recorded_at = models.CharField(max_length=32)  # ISO time, +08:00
    source = models.CharField(max_length=120)  # "" | "import:<row digest>" | "form:<key of the form>"
    prev = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "ledger_entry"
        constraints = (models.UniqueConstraint(fields=["bureau", "case_id", "version"], name="entry_case_version"),)


class PrivateValue(models.Model):
    """Free text and personal data, bound to its entry by a salted digest; may be erased when its term ends."""

    pk = models.CompositePrimaryKey("bureau", "digest")
    bureau = models.CharField(max_length=18)
    digest = models.CharField(max_length=64)  # sha256(salt bytes + UTF-8 value)
    salt = models.CharField(max_length=32)  # hex of 16 bytes; "" where salt and value are sealed together
    value = models.TextField()  # the value, or fz1.<number of the data key>.<base64 of salt and value, sealed>

    class Meta:
        db_table = "ledger_private_value"


class DataKey(models.Model):
    """A key that values are sealed with, itself sealed by a key outside the database. Replaced only by a later one."""

    pk = models.CompositePrimaryKey("bureau", "number")
    bureau = models.CharField(max_length=18)
    number = models.IntegerField()
    cipher = models.CharField(max_length=20)
    kek = models.CharField(max_length=16)  # the name of the key outside
    wrapped = models.TextField()  # base64 of nonce and sealed key

    class Meta:
        db_table = "ledger_data_key"


class ChainHead(models.Model):
    """The last entry of each bureau: the row a writer locks, and a second witness of the length of the chain."""

    bureau = models.CharField(max_length=18, primary_key=True)
    seq = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "ledger_chain_head"


class Remade(models.Model):
    """How often a bureau's projections were made anew: what is kept of them elsewhere is good for one of these times.
    No row: never.
    """

    bureau = models.CharField(max_length=18, primary_key=True)
    times = models.BigIntegerField()

    class Meta:
        db_table = "ledger_remade"


class CaseRow(models.Model):
    """Projection: one row a case."""

    pk = models.CompositePrimaryKey("bureau", "case_id")
    bureau = models.CharField(max_length=18)
    case_id = models.CharField(max_length=120)
    procedure = models.CharField(max_length=60)
    in_force = models.CharField(max_length=10)  # of the version the case is pinned to
    opened_on = models.CharField(max_length=10)
    closed_on = models.CharField(max_length=10, null=True)
    last_on = models.CharField(max_length=10)
    last_version = models.IntegerField()
    ref = models.CharField(max_length=60)  # the number the bureau's own sheet gave it, or ""

    class Meta:
        db_table = "ledger_case"
        indexes = (
            models.Index(fields=["bureau", "procedure", "opened_on"], name="case_by_procedure"),
            models.Index(fields=["bureau", "procedure", "ref"], name="case_by_ref"),
        )


class StandingEvent(models.Model):
    """Projection: what the entries of a case leave standing after corrections, withdrawals and late additions."""

    pk = models.CompositePrimaryKey("bureau", "case_id", "version")
    bureau = models.CharField(max_length=18)
    case_id = models.CharField(max_length=120)
    version = models.IntegerField()
    procedure = models.CharField(max_length=60)
    event = models.CharField(max_length=80)
    on_day = models.CharField(max_length=10)
    by = models.CharField(max_length=40)
    data = models.TextField()

    class Meta:
        db_table = "ledger_standing_event"
        indexes = (
            models.Index(fields=["bureau", "case_id", "event", "on_day", "version"], name="standing_by_case"),
            models.Index(fields=["bureau", "procedure", "event", "on_day"], name="standing_by_event"),
        )


class ClockRow(models.Model):
    """Projection: one row per start of a limit; begun, due and done answer for every day."""

    pk = models.CompositePrimaryKey("bureau", "case_id", "limit", "nth")
    bureau = models.CharField(max_length=18)
    case_id = models.CharField(max_length=120)
    limit = models.CharField(max_length=80)
    nth = models.IntegerField()
    begun = models.CharField(max_length=10)
    superseded_on = models.CharField(max_length=10, null=True)  # the day the limit began anew
    due = models.CharField(max_length=10, null=True)  # null while the clock stands
    done = models.CharField(max_length=10, null=True)
    estimate = models.BooleanField()  # rests on a calendar not yet known: never expired

    class Meta:
        db_table = "ledger_clock"
        indexes = (models.Index(fields=["bureau", "due"], condition=models.Q(done__isnull=True), name="clock_open"),)


class DefectRow(models.Model):
    """Projection: a gate that something already done had broken."""

    pk = models.CompositePrimaryKey("bureau", "case_id", "version", "gate")
    bureau = models.CharField(max_length=18)
    case_id = models.CharField(max_length=120)
    version = models.IntegerField()
    gate = models.CharField(max_length=80)
    article = models.CharField(max_length=120)
    on_day = models.CharField(max_length=10)

    class Meta:
        db_table = "ledger_defect"


class Task(models.Model):
    """Projection: what somebody must look at: a defect, a suggested case, a breach found after a correction."""

    pk = models.CompositePrimaryKey("bureau", "task_id")
    bureau = models.CharField(max_length=18)
    task_id = models.CharField(max_length=200)
    case_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)  # defect | suggestion | finding
    role = models.CharField(max_length=40)
    reason = models.CharField(max_length=200)
    article = models.CharField(max_length=120)
    opened_on = models.CharField(max_length=10)
    settled_on = models.CharField(max_length=10, null=True)

    class Meta:
        db_table = "ledger_task"


class CaseLink(models.Model):
    """Projection: a case names another one in a field of kind `case`."""

    pk = models.CompositePrimaryKey("bureau", "from_case", "to_case")
    bureau = models.CharField(max_length=18)
    from_case = models.CharField(max_length=120)
    to_case = models.CharField(max_length=120)

    class Meta:
        db_table = "ledger_case_link"
        indexes = (models.Index(fields=["bureau", "to_case"], name="link_by_target"),)


class RegisterRow(models.Model):
    """Projection: a row of a register stands from `from_day` to the day before `to_day`."""

    pk = models.CompositePrimaryKey("bureau", "register", "key", "nth")
    bureau = models.CharField(max_length=18)
    register = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    nth = models.IntegerField()
    from_day = models.CharField(max_length=10)
    to_day = models.CharField(max_length=10, null=True)
    data = models.TextField()

    class Meta:
        db_table = "ledger_register_row"
        indexes = (models.Index(fields=["bureau", "register", "from_day"], name="register_by_day"),)


class RegisterMove(models.Model):
    """Projection: what moved a row of a register: an entry of the register itself, or an event of a procedure."""

    pk = models.CompositePrimaryKey("bureau", "register", "key", "seq", "nth")
    bureau = models.CharField(max_length=18)
    register = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    seq = models.BigIntegerField()  # the entry it comes from
    nth = models.IntegerField()  # one event may move several registers
    kind = models.CharField(max_length=10)  # enter | change | strike
    on_day = models.CharField(max_length=10)
    data = models.TextField()

    class Meta:
        db_table = "ledger_register_move"
        indexes = (models.Index(fields=["bureau", "seq"], name="move_by_entry"),)


class ImportedRow(models.Model):
    """Projection: a row of a workbook, or a form sent from a page ("form:<key>"), that is in the book already; the same
    again changes nothing.
    """

    pk = models.CompositePrimaryKey("bureau", "row_digest")
    bureau = models.CharField(max_length=18)
    row_digest = models.CharField(max_length=64)
    seq = models.BigIntegerField()

    class Meta:
        db_table = "ledger_imported_row"


class NothingHappened(models.Model):
    """Projection: a signed zero (零申报): in that year no case of that procedure."""

    pk = models.CompositePrimaryKey("bureau", "procedure", "year")
    bureau = models.CharField(max_length=18)
    procedure = models.CharField(max_length=60)
    year = models.IntegerField()
    by = models.CharField(max_length=40)
    seq = models.BigIntegerField()

    class Meta:
        db_table = "ledger_nothing_happened"


class DeclaredFigure(models.Model):
    """Projection: a number that the book does not hold and a section signed for (申报数, 期初数), as it stands now."""

    pk = models.CompositePrimaryKey("bureau", "figure", "opening", "first_day", "last_day")
    bureau = models.CharField(max_length=18)
    figure = models.CharField(max_length=80)
    opening = models.BooleanField()  # a stock as of `last_day`, before the book began; first_day is that day too
    first_day = models.CharField(max_length=10)
    last_day = models.CharField(max_length=10)
    value = models.BigIntegerField()  # in the figure's unit, 元 in fen
    section = models.CharField(max_length=40)
    by = models.CharField(max_length=40)
    on_day = models.CharField(max_length=10)
    number = models.CharField(max_length=60)  # the paper's 文号, or ""; its title is held apart
    paper = models.CharField(max_length=64)  # the digest under which the title is held
    seq = models.BigIntegerField()

    class Meta:
        db_table = "ledger_declared_figure"


class Attachment(models.Model):
    """Projection: a file that an entry attached to a case; its name and its key are held apart."""

    pk = models.CompositePrimaryKey("bureau", "seq")
    bureau = models.CharField(max_length=18)
    seq = models.BigIntegerField()
    case_id = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)  # of the plain content
    size = models.BigIntegerField()
    media = models.CharField(max_length=80)
    key = models.CharField(max_length=64)  # the digest under which the file's key is held apart

    class Meta:
        db_table = "ledger_attachment"
        indexes = (models.Index(fields=["bureau", "digest"], name="attachment_by_digest"),)


class TreeNode(models.Model):
    """Projection: the root of a whole subtree of the Merkle tree, from 256 entries (level 8) up."""

    pk = models.CompositePrimaryKey("bureau", "level", "number")
    bureau = models.CharField(max_length=18)
    level = models.IntegerField()
    number = models.BigIntegerField()  # the place among the subtrees of its level, from 0
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "ledger_tree_node"


class CasePart(models.Model):
    """Projection: somebody ("person:<code>") or some role ("role:<id>") has a part in a case, and so may read it."""

    pk = models.CompositePrimaryKey("bureau", "procedure", "who", "case_id")
    bureau = models.CharField(max_length=18)
    procedure = models.CharField(max_length=60)
    who = models.CharField(max_length=60)
    case_id = models.CharField(max_length=120)

    class Meta:
        db_table = "ledger_case_part"
        indexes = (models.Index(fields=["bureau", "case_id", "who"], name="part_by_case"),)


class SearchToken(models.Model):
    """The index of the private store: what is searched for as a keyed digest, and what it stands in. Made from entries
    when somebody searches; erased with the value it was made from.
    """

    pk = models.CompositePrimaryKey("bureau", "token", "target", "digest")
    bureau = models.CharField(max_length=18)
    token = models.CharField(max_length=32)  # HMAC of initials, of last digits or of a number, under a key of the book
    target = models.CharField(max_length=120)  # a case, or register:key
    digest = models.CharField(max_length=64)  # of the value held apart; "" where the value stands in the open

    class Meta:
        db_table = "ledger_search_token"
        indexes = (models.Index(fields=["bureau", "digest"], name="search_by_digest"),)


class SearchedTo(models.Model):
    """How far the index of the private store is made, and under which data key."""

    bureau = models.CharField(max_length=18, primary_key=True)
    seq = models.BigIntegerField()
    key = models.IntegerField()

    class Meta:
        db_table = "ledger_searched_to"
