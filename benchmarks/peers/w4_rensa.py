"""Near-duplicates with rensa, candidates verified exactly, as those who measured it wrote it. Needs `pip install rensa`."""


def sh(t): return {t[i:i + 5] for i in range(len(t) - 4)}
def jac(a, b):
    a, b = sh(a), sh(b); x = len(a & b); return x / (len(a) + len(b) - x)


def finish(cands, texts):
    out = set()
    for a, b in cands:
        if jac(texts[a], texts[b]) >= .7: out.add(tuple(sorted((texts[a], texts[b]))))
    return out


def f_rensa(PARAS):
    from rensa import RMinHash, RMinHashLSH
    texts = list(dict.fromkeys(PARAS)); lsh = RMinHashLSH(threshold=.65, num_perm=128, num_bands=32); c = []
    for i, t in enumerate(texts):
        m = RMinHash(num_perm=128, seed=42); m.update(list(sh(t)))
        c += [(j, i) for j in lsh.query(m)]; lsh.insert(i, m)
    return finish(c, texts)
