"""A key or a word that the page of law files does not list stops loading; file and word are named in Chinese."""

from pathlib import Path

import pytest

from tests.law.lawfiles import ADOPT, CASE, PLACE, RULES, SMALL, copied, files, keys, tables

# tables whose keys are names that the file itself gives: a new one is a new name
NAMES = ("[roles]", "[choices.", "[labels]", "[register.fields]", "[report.parts]")


def test_the_small_law_has_no_fault(tmp_path: Path) -> None:
    assert copied(tmp_path).findings() == []
    assert copied(tmp_path).findings(PLACE) == []


@pytest.mark.parametrize(
    ("file", "table", "at"), [(file, table, at) for file in files() for table, at in tables(SMALL / file)]
)
def test_a_key_that_no_table_knows_stops_loading(tmp_path: Path, file: str, table: str, at: int) -> None:
    copy = copied(tmp_path)
    text = (copy.root / file).read_text("utf-8")
    (copy.root / file).write_text(f"{text[:at]}\nunheard_of = 1{text[at:]}", "utf-8")
    told = copy.stops(PLACE)
    assert any(file in line or Path(file).parent.as_posix() in line for line in told), told
    if not table.startswith(NAMES):
        assert any("不认识的词“unheard_of”" in line for line in told), told


@pytest.mark.parametrize("file", files())
def test_a_table_that_no_file_knows_stops_loading(tmp_path: Path, file: str) -> None:
    told = copied(tmp_path).append(file, "\n[unheard_of]\nx = 1\n").stops(PLACE)
    assert [line for line in told if file in line and "不认识的表“unheard_of”" in line], told


@pytest.mark.parametrize(
    ("file", "key", "begins", "ends"), [(file, *key) for file in files() for key in keys(SMALL / file)]
)
def test_a_misspelt_key_is_never_passed_over(tmp_path: Path, file: str, key: str, begins: int, ends: int) -> None:
    copy = copied(tmp_path)
    text = (copy.root / file).read_text("utf-8")
    (copy.root / file).write_text(f"{text[:begins]}{key}_x{text[ends:]}", "utf-8")
    assert copy.findings() + copy.findings(PLACE) != []


WORDS = [
    (CASE, 'pins     = "opening"', 'pins     = "filing"', "filing"),
    (CASE, 'mark     = "read"', 'mark     = "raed"', "raed"),
    (CASE, "in_force = 2021-07-15", 'in_force = "2021"', "in_force"),
    (CASE, "certificate = true", 'certificate = "yes"', "certificate"),
    (RULES, 'fields  = { officers = "people:officer"', 'fields  = { officers = "peple:officer"', "peple:officer"),
    (RULES, 'fields  = { reason = "text" }', 'fields  = { reason = "text!" }', "text!"),
    (RULES, 'fields  = { reason = "text" }', 'fields  = { on = "text" }', "on"),
    (RULES, "repeats = true", "repeats = 1", "repeats"),
    (RULES, 'text    = "unread"', 'text    = "unred"', "unred"),
    (RULES, 'missed  = "overdue"', 'missed  = "late"', "late"),
    (RULES, 'length  = "90 days"', 'length  = "90 day"', "90 day"),
    (RULES, 'length  = "90 days"', 'length  = "ninety days"', "ninety days"),
    (RULES, 'length  = "90 days"', 'length  = "0 days"', "0 days"),
    (RULES, 'length  = "90 days"', 'length  = "90 hours"', "90 hours"),
    (RULES, 'length  = "90 days"', 'length  = "90 days"\nuntil   = "03-31"', "length、until、before"),
    (RULES, 'length  = "90 days"', "rolls_x = true", "rolls_x"),
    (RULES, 'until   = "12-31"', 'until   = "12-32"', "12-32"),
    (RULES, 'until   = "12-31"', 'until   = "02-29"', "02-29"),
    (RULES, 'until   = "12-31"', 'until   = "12/31"', "12/31"),
    (RULES, 'at_most = "10 working days"', 'at_most = "10 workdays"', "10 workdays"),
    (RULES, "times   = 1", "times   = 0", "times"),
    (RULES, "starts  = { due =", "starts  = { end =", "end"),
    (RULES, 'needs   = { event = "decided", at_least = 1 }', 'needs   = { happend = "decided" }', "happend"),
    (RULES, 'needs   = { event = "decided", at_least = 1 }', 'needs   = { event = "decided", after = "x" }', "after"),
    (RULES, 'when    = { event = "filed" }', 'when    = { event = "filed", in_period = 1 }', "in_period"),
    (RULES, "at_least = { parameter", "at_least = { figure", "decided.fine"),
    (RULES, 'at_least = { parameter = "toy.large" }', 'at_least = { field = "filed.on", less = "1 days" }', "plus"),
    (
        RULES,
        'at_least = { parameter = "toy.large" }',
        'at_least = { field = "filed.on", plus = "5 fortnights" }',
        "plus",
    ),
    (RULES, 'at_least = { parameter = "toy.large" }', 'present = { field = "filed.on" }', "present"),
    (RULES, "at_least = { parameter", "more_than = { parameter", "more_than"),
    (RULES, 'mark    = "second_hand"', 'mark    = "hearsay"', "hearsay"),
    (RULES, 'id      = "hear"\n', 'id      = "hear"\nadopted_as = "本局已核"\n', "adopted_as"),
    (RULES, 'id      = "hear"\n', 'id      = "hear"\nstatute = "试验意见"\n', "statute"),
    ("statutes/行政处罚法.toml", 'text   = "package"', 'text   = "pakage"', "pakage"),
    ("statutes/行政处罚法.toml", "working = [2, 3, 5, 7]", 'working = "some"', "some"),
    ("parameters/toy.toml", 'mark    = "read"', 'mark    = "known"', "known"),
    ("parameters/toy.toml", "value   = 100000", "value   = 1000.5", "value"),
    ("registers/list.toml", "taken_over = true", 'taken_over = "yes"', "taken_over"),
    ("figures/small.toml", 'counts = "cases"', 'counts = "people"', "people"),
    ("figures/small.toml", 'distinct = "decided.on"', 'distinct = "decided"', "decided"),
    (ADOPT, "from    = 2021-07-15\n\n", 'from    = "then"\n\n', "from"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "word"), WORDS, ids=[f"{new} {n}" for n, (_, _, new, _) in enumerate(WORDS)]
)
def test_a_word_that_no_key_knows_stops_loading(tmp_path: Path, file: str, old: str, new: str, word: str) -> None:
    told = copied(tmp_path).replace(file, old, new).stops(PLACE)
    place = Path(file).parent.as_posix()
    assert [line for line in told if (file in line or place in line) and word in line], told


@pytest.mark.parametrize("missing", ["id", "name", "statute", "in_force", "opens", "mark"])
def test_a_procedure_must_say_what_it_is(tmp_path: Path, missing: str) -> None:
    copy = copied(tmp_path)
    path = copy.root / CASE
    lines = [line for line in path.read_text("utf-8").splitlines(True) if not line.startswith(f"{missing} ")]
    path.write_text("".join(lines), "utf-8")
    assert [line for line in copy.stops() if "small-case" in line and f"“{missing}”" in line]


@pytest.mark.parametrize("missing", ['role    = "officer"\n', 'records = "filed"\n', 'id      = "file"\n'])
def test_a_rule_must_say_what_it_needs(tmp_path: Path, missing: str) -> None:
    told = copied(tmp_path).replace(RULES, missing, "").stops()
    assert [line for line in told if RULES in line and f"缺少“{missing.split(maxsplit=1)[0]}”" in line], told


@pytest.mark.parametrize("file", files())
def test_a_file_that_is_no_toml_stops_loading(tmp_path: Path, file: str) -> None:
    told = copied(tmp_path).append(file, "\nthis is = = no toml\n").stops(PLACE)
    assert [line for line in told if Path(file).name in line and "不是完好的 TOML" in line], told


def test_a_file_in_another_encoding_stops_loading(tmp_path: Path) -> None:
    copy = copied(tmp_path)
    path = copy.root / CASE
    path.write_bytes(path.read_text("utf-8").encode("gb18030"))
    assert [line for line in copy.stops() if "不是完好的 TOML（UTF-8）" in line]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (RULES, "[[gate]]", "[gate]"),
        ("statutes/行政处罚法.toml", "[[version]]", "[version]"),
        ("parameters/toy.toml", "[[parameter.values]]", "[parameter.values]"),
        ("registers/list.toml", "[[change]]", "[change]"),
        ("reports/small/report.toml", "[[section]]", "[section]"),
        ("reports/small/report.toml", "[report]", "[[report]]"),
        ("calendars/2026.toml", "[calendar]", "[[calendar]]"),
        (ADOPT, "[place]", "[[place]]"),
    ],
)
def test_one_table_for_several_and_several_for_one_stop_loading(tmp_path: Path, file: str, old: str, new: str) -> None:
    assert copied(tmp_path).replace(file, old, new).stops(PLACE) != []


@pytest.mark.parametrize(
    ("file", "twice"),
    [
        ("statutes/again.toml", '[statute]\nname = "又一部"\nshort = "试验意见"\n'),
        ("calendars/again.toml", '[calendar]\nyear = 2026\nnotice = "又一份"\n'),
        ("parameters/again.toml", '[[parameter]]\nid = "toy.open"\nunit = "分"\n'),
        ("figures/again.toml", '[[figure]]\nid = "small.filed"\nname = "又一个"\nunit = "件"\n'),
        ("reports/again/report.toml", '[report]\nid = "small"\nname = "又一份"\nparts = {}\n'),
        (
            "registers/again.toml",
            '[register]\nid = "small_list"\nname = "又一本"\nkey = "a"\nfields = { a = "words" }\n',
        ),
        (RULES, '\n[[limit]]\nid = "heard_first"\narticle = "第六十条"\nstarts = "filed"\nlength = "1 days"\n'),
    ],
)
def test_two_of_one_name_stop_loading(tmp_path: Path, file: str, twice: str) -> None:
    told = copied(tmp_path).append(file, twice).stops()
    assert [line for line in told if "两处写了同一个" in line or "重名" in line], told


def test_a_folder_that_this_version_does_not_read_is_no_silent_folder(tmp_path: Path) -> None:
    told = copied(tmp_path).append("amounts/dibao.toml", "").stops()
    assert told == ["amounts：本版本不读这个文件夹；请核对文件夹的名字"]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    copy = copied(tmp_path).replace(CASE, 'pins     = "opening"', 'pins     = "x"')
    copy.replace(RULES, 'length  = "90 days"', 'length  = "x"').replace("figures/small.toml", '"cases"', '"x"')
    assert len(copy.stops()) == 3


@pytest.mark.parametrize("name", ["on", "by", "paper", "ref", "law"])
def test_a_field_is_not_called_like_what_every_entry_holds(tmp_path: Path, name: str) -> None:
    step = '\n[[step]]\nid = "more"\nname = "又一步"\nrole = "desk"\nrecords = "done_more"\n'
    step += f'fields = {{ {name} = "words" }}\n'
    told = copied(tmp_path).append("procedures/small-case/more.toml", step).stops()
    assert any(f"字段不能叫“{name}”" in line for line in told), told
