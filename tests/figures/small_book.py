"""A small book of the toy law that a reader can count by hand."""

from tests.figures.books import Writer

SECRET = "示例当事人住址"


def small_book() -> Writer:
    """Three cases opened in 2024, one late, one with a defect; one of 2023; two rows of a register."""
    writer = Writer()
    writer.opens("toy.case-2023-0001", "opened", "2023-12-28", {"colour": "blue"})
    writer.enters("toy.case-2023-0001", "answered", "2024-01-04", {"colour": "red"})
    first, second, third = (f"toy.case-2024-{n:04d}" for n in (1, 2, 3))
    writer.opens(first, "opened", "2024-03-01", {"colour": "red", "topic": "路灯", "secret": writer.hold(SECRET)})
    writer.enters(first, "noted", "2024-03-04", {"amount": 120050, "words": ["水", "电"], "people": ["甲", "乙"]})
    writer.enters(first, "answered", "2024-03-05", {"colour": "green"})
    writer.enters(first, "closed", "2024-03-06", by="乙")
    writer.opens(second, "opened", "2024-08-01", {"colour": "red", "urgent": True, "other": [first]})
    writer.enters(second, "answered", "2024-08-20", {"paper": writer.hold("示例信封")}, entered_by="丙",
                  recorded="2024-09-02", defects=[("noted_first", "试验法第五条第二款")])  # fmt: skip
    writer.enters(second, "limit_missed", "2024-08-20", {"limit": "answer_period", "due": "2024-08-08", "days": 12},
                  recorded="2024-09-02")  # fmt: skip
    writer.enters(second, "noted", "2024-08-21", {"amount": 5}, recorded="2024-09-03")
    writer.opens(third, "opened", "2024-12-30", {})
    writer.enters(third, "answered", "2025-01-03", {"colour": "green"})
    for code, colour, day in (("A1", "red", "2020-01-01"), ("A2", "green", "2024-06-01")):
        row = {"code": code, "colour": colour, "owner": writer.hold(SECRET)}
        writer.enters(f"toy_list:{code}", "row_enter", day, {"row": row})
    writer.enters("toy_list:A2", "row_strike", "2025-02-01", {})
    return writer
