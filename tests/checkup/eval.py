"""`make eval DATA=…`: how far the check-up agrees with labels. DATA holds reports/*.txt and gold/*.json.

Match: same kind and overlapping span; kind alone where a defect has no span. Labels of tier style and unsure neither
count nor hurt. Touching words of `not_defects` is a false alarm.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fazheng.checkup.finding import Finding
from fazheng.checkup.reading import read
from fazheng.checkup.report import Report
from fazheng.checkup.run import run
from fazheng.checkup.told.as_json import as_json

DECIDABLE = frozenset("""
punctuation missing_punctuation halfwidth_punctuation unbalanced_bracket unbalanced_quote bracket_form wrong_dash
stray_space whitespace leftover_markup page_chrome encoding_garble lost_text lost_number missing_unit duplicated_word
duplicated_word_in_phrase duplicated_item duplicated_clause duplicated_passage duplicated_heading duplicated_title
split_title misnumbered_heading wrong_law_name incomplete_name garbled_citation repealed_law repealed_matter
law_not_in_force wrong_issuer outdated_institution outdated_term stale_plan
date_contradiction signed_before_year_end
wrong_plan_year relative_year odd_date out_of_period vague_period missing_part embedded_part missing_title
missing_signoff missing_reason missing_outcome
missing_denominator heading_without_content no_figures sum_unclear rate_mismatch
ambiguous_rate internal_inconsistency title_body_mismatch overreach numeral_style addressee_order mixed_terms
plan_as_result draft_as_result
""".split())  # fmt: skip
LANGUAGE = frozenset("""
broken_sentence typo wrong_term odd_term style_term missing_word word_order duplicated_meaning grammar_de grammar_zuo
category_error misplaced_content out_of_scope_content
""".split())  # fmt: skip
PRIVACY = frozenset({"private_data"})  # ours: the labels have no type for it
KINDS = DECIDABLE | LANGUAGE | PRIVACY


@dataclass
class Tally:
    hit: int = 0
    missed: int = 0
    false: int = 0

    @property
    def recall(self) -> float:
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0


@dataclass
class Score:
    by_kind: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    figures: Tally = field(default_factory=Tally)
    sections: Tally = field(default_factory=Tally)
    citations: Tally = field(default_factory=Tally)
    facts: Tally = field(default_factory=Tally)
    right: int = 0  # findings that a label bears out
    false_relations: int = 0
    scopes: Tally = field(default_factory=Tally)
    lines: list[str] = field(default_factory=list)


def spans(defect: dict[str, Any]) -> list[tuple[int, int]]:
    """Where a label stands; empty where it speaks of the whole text."""
    return [(at, at + len(defect["quote"])) for at in defect["offsets"]] if defect["quote"] else []


def overlaps(a: tuple[int, int], finding: Finding) -> bool:
    return finding.start is not None and finding.end is not None and a[0] < finding.end and finding.start < a[1]


def matches(defect: dict[str, Any], finding: Finding) -> bool:
    where = spans(defect)
    return defect["type"] == finding.kind and (not where or any(overlaps(span, finding) for span in where))


def forbidden(gold: dict[str, Any], text: str) -> Iterator[tuple[int, int]]:
    for said in gold.get("not_defects", []):
        words = said.split("（", 1)[0] if said not in text else said
        at = text.find(words) if words else -1
        while at != -1:
            yield at, at + len(words)
            at = text.find(words, at + 1)


def score_findings(gold: dict[str, Any], text: str, findings: list[Finding], score: Score, show: bool) -> None:
    core = [d for d in gold["defects"] if d["tier"] == "core"]
    soft = [d for d in gold["defects"] if d["tier"] != "core"]
    never = list(forbidden(gold, text))
    for defect in core:
        seen = any(matches(defect, finding) for finding in findings)
        tally = score.by_kind[defect["type"]]
        tally.hit, tally.missed = tally.hit + seen, tally.missed + (not seen)
        if not seen and show:
            score.lines.append(f"  missed  {defect['type']}: {defect['quote'] or '(whole text)'}")
    for finding in findings:
        alarm = any(overlaps(span, finding) for span in never)
        if not alarm and any(matches(defect, finding) for defect in core):
            score.right += 1
        elif alarm or not any(matches(defect, finding) for defect in soft):
            score.by_kind[finding.kind].false += 1
            score.lines.append(f"  false   {finding.kind}: {finding.quote[:40]} | {finding.message} ({finding.rule})")


def score_figures(gold: dict[str, Any], answer: dict[str, Any], score: Score, show: bool) -> None:
    left = list(answer["figures"])
    for wanted in gold["figures"]:
        span = (wanted["offset"], wanted["offset"] + len(wanted["raw"]))
        same = [
            f for f in left if f["start"] < span[1] and span[0] < f["end"] and str(f["value"]) == str(wanted["value"])
        ]
        if same:
            left.remove(same[0])
            score.figures.hit += 1
            agreed = same[0]["scope"] == wanted["scope"]
            score.scopes.hit, score.scopes.missed = score.scopes.hit + agreed, score.scopes.missed + (not agreed)
        else:
            score.figures.missed += 1
            if show:
                score.lines.append(f"  figure missed  {wanted['raw']} = {wanted['value']} ({wanted['label']})")
    score.figures.false += len(left)
    score.lines += [f"  figure false   {f['raw']} = {f['value']} ({f['label']})" for f in left if show]


def score_rest(gold: dict[str, Any], answer: dict[str, Any], score: Score, show: bool) -> None:
    for name, ours, theirs in (
        ("title", answer["title"], gold["title"]), ("bureau", answer["bureau"], gold["bureau"]),
        ("year", answer["year"], gold["report_year"]), ("signed", answer["signed"], gold["signed_date"]),
        ("number", answer["number"], gold["doc_number"]), ("addressee", answer["addressee"], gold["addressee"]),
        *((part, answer["parts"].get(part), status.split("（")[0]) for part, status in gold["mandatory_parts"].items()),
    ):  # fmt: skip
        same = (ours or None) == (theirs or None)
        score.facts.hit, score.facts.missed = score.facts.hit + same, score.facts.missed + (not same)
        if not same and show:
            score.lines.append(f"  fact    {name}: {ours} for {theirs}")
    ours_at = {(s["start"], s["level"], s["part"]) for s in answer["sections"]}
    theirs_at = {(s["offset"], s["level"], s["part"]) for s in gold["sections"]}
    score.sections.hit += len(ours_at & theirs_at)
    score.sections.missed += len(theirs_at - ours_at)
    score.sections.false += len(ours_at - theirs_at)
    score.lines += [f"  section {sorted(ours_at ^ theirs_at)}"] if show and ours_at != theirs_at else []
    starts = {c["start"] for c in answer["citations"]}
    named = {at for c in gold["citations"] if c["as_written"].startswith("《") for at in c["offsets"]}
    score.citations.hit += len(starts & named)
    score.citations.missed += len(named - starts)
    score.citations.false += len(starts - named)
    held = {"".join(str(r["expr"]).split()) for r in gold["relations"] if r["holds"] and r["type"] in ("sum", "rate")}
    broken = {"".join(r["expr"].split()) for r in answer["relations"] if not r["holds"]}
    score.false_relations += len(held & broken)


def evaluate(folder: Path, show: bool) -> Score:
    """The score over every labelled report of a folder."""
    score = Score()
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        report = Report(read(folder / "reports" / gold["file"]))
        findings = run(report)
        answer = as_json(report, findings)
        score.lines.append(f"{gold['file']}: {len(findings)} findings")
        score_findings(gold, report.text, findings, score, show)
        score_figures(gold, answer, score, show)
        score_rest(gold, answer, score, show)
    return score


def precision(score: Score) -> float:
    false = sum(tally.false for tally in score.by_kind.values())
    return score.right / (score.right + false) if score.right + false else 1.0


def f1(tally: Tally) -> float:
    both = 2 * tally.hit + tally.missed + tally.false
    return 2 * tally.hit / both if both else 1.0


def told(score: Score) -> str:
    lines = [*score.lines, "", f"{'kind':28}{'hit':>5}{'missed':>8}{'false':>7}"]
    for kind, tally in sorted(score.by_kind.items()):
        lines.append(f"{kind:28}{tally.hit:5}{tally.missed:8}{tally.false:7}")
    for name, group in (("decidable", DECIDABLE), ("language", LANGUAGE)):
        sums = Tally(
            *(sum(getattr(score.by_kind[k], part) for k in group if k in score.by_kind) for part in ("hit", "missed"))
        )
        lines.append(f"recall {name}: {sums.recall:.1%} ({sums.hit} of {sums.hit + sums.missed})")
    lines += [
        f"precision: {precision(score):.1%}",
        f"figures F1: {f1(score.figures):.1%}; scope agrees: {score.scopes.recall:.1%}",
        f"sections F1: {f1(score.sections):.1%}; citations F1: {f1(score.citations):.1%}",
        f"facts of head, foot and parts: {score.facts.recall:.1%}; relations wrongly reported: {score.false_relations}",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--brief", action="store_true", help="no list of what was missed")
    given = parser.parse_args()
    sys.stdout.write(told(evaluate(given.data, not given.brief)) + "\n")
