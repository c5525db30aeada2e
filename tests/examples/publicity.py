"""Publicity events of a county: three in the year, on days that the law or custom names."""

from __future__ import annotations

from datetime import date

from tests.examples.sheets import Sheets

EVENT, SECTION = "publicity.event", "Z010"


def publicity(sheets: Sheets, year: int) -> None:
    """Three events: the charity day, the elders' month, the constitution day."""
    events = (
        (date(year, 9, 5), "charity_day", "慈善法宣传", ["慈善法"], ["residents", "organisations"], "urban", 180, 400),
        (date(year, 10, 11), "elders_day", "老年人权益保障宣传", ["老年人权益保障法"], ["elders"], "rural", 120, 260),
        (date(year, 12, 4), "constitution_day", "宪法宣传", ["宪法"], ["residents"], "urban", 150, 500),
    )
    for n, (on, occasion, topic, statutes, audience, site, people, leaflets) in enumerate(events, 1):
        sheets.open(
            EVENT, f"PF{year}-{n}", on, SECTION, place=("示例广场", "示例镇敬老院", "示例社区")[n - 1], topic=topic,
            occasion=occasion, form=["stall", "leaflets"], statutes=statutes, audience=audience, online=False,
            site_kind=site, people_estimate=people, how_estimated="按领取资料人数估计", leaflets=leaflets,
            checked=True, section="政策法规股",
        )  # fmt: skip
