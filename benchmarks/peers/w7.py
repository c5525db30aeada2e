"""W7 of the project's measurements, the peers' side: the hash chain of a ledger in SQLite, every link recomputed.

Event i: body_i = canonical JSON (~200 bytes), h_i = H(h_{i-1} + body_i), stored as (seq, body, hash).
"""
import hashlib, json, sqlite3

G = b"\0" * 32


def body(i): return b'{"seq":%d,"case":"DB2025-%07d","step":"%s","actor":"u%03d","at":"2025-10-%02dT09:%02d:00+08:00","due":"2025-11-03","facts":{"income":%d,"members":%d,"standard":85000}}' % (
    i, i % 999983, ("审核意见").encode(), i % 300, i % 28 + 1, i % 60, i * 7919 % 100000, i % 6 + 1)


def build(path, n, name):
    def rows():
        p = G
        for i in range(n):
            b = body(i); p = hashlib.new(name, p + b).digest(); yield i, b, p
    c = sqlite3.connect(path); c.execute("pragma journal_mode=wal"); c.execute("pragma synchronous=off"); c.execute("create table ev(seq integer primary key, body blob, hash blob)")
    c.executemany("insert into ev values(?,?,?)", rows()); c.commit(); c.close()


def v_db(path, name):
    """rows + hashlib loop over a stored blob: nobody reads that blob, people read other columns"""
    c = sqlite3.connect(path); p, n = G, 0
    h = hashlib.sha256 if name == "sha256" else lambda b: hashlib.new(name, b)
    for s, b, x in c.execute("select seq,body,hash from ev order by seq"):
        p = h(p + b).digest()
        if p != x: return s
        n += 1
    return n


def v_db_json(path, name):
    """what a JSON-column audit table forces: parse, re-serialise canonically, hash"""
    c = sqlite3.connect(path); p, n = G, 0
    h = hashlib.sha256 if name == "sha256" else lambda b: hashlib.new(name, b)
    for s, b, x in c.execute("select seq,body,hash from ev order by seq"):
        d = json.loads(b); b = json.dumps(d, ensure_ascii=False, separators=(",", ":")).encode()
        p = h(p + b).digest()
        if p != x: return s
        n += 1
    return n
