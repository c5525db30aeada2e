"""The import contracts themselves are run by `lint-imports`; here stands that they cover what they should."""

from configparser import ConfigParser

from tests.architecture.tree import ROOT, SOURCE

PURE = {"lawbook", "workdays", "procedure", "checkup", "draw"}


def contract(name: str, key: str) -> list[str]:
    settings = ConfigParser()
    settings.read(ROOT / ".importlinter", encoding="utf-8")
    return settings[f"importlinter:contract:{name}"][key].split("\n")[1:]


def rooms() -> set[str]:
    return {path.parent.name for path in SOURCE.glob("*/__init__.py")}


def test_every_room_has_its_layer() -> None:
    written = {room.strip(" ()") for layer in contract("rooms", "layers") for room in layer.split("|")}
    assert rooms() <= written
    assert contract("rooms", "containers") == ["fazheng"]


def test_rooms_that_are_there_are_not_written_as_planned() -> None:
    planned = {room.strip() for layer in contract("rooms", "layers") for room in layer.split("|") if "(" in room}
    assert {f"({room})" for room in rooms()} & planned == set()


def test_the_pure_rooms_and_the_chain_may_not_import_django() -> None:
    bound = set(contract("pure", "source_modules"))
    assert {f"fazheng.{room}" for room in PURE & rooms()} | {"fazheng.ledger.chain"} <= bound


def test_no_contract_has_exceptions() -> None:
    assert "ignore_imports" not in (ROOT / ".importlinter").read_text(encoding="utf-8")
