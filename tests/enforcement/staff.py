"""The people of the made case files: invented, of the example county."""

from collections.abc import Mapping

# who holds which roles, and until when the certificate runs; "" has none
PEOPLE: Mapping[str, tuple[tuple[str, ...], str]] = {
    **{f"Z1{n:02d}": (("officer",), "2030-12-31") for n in range(1, 9)},
    "Z109": (("officer",), "2024-01-02"),  # expired before the first file was opened
    "Z110": (("officer", "legal_reviewer"), "2030-12-31"),  # may review, but not what they handle themselves
    "Z111": (("officer", "presider"), "2030-12-31"),  # may preside, but not where they investigated
    "Z201": (("bureau_head",), ""),
    "Z202": (("bureau_head",), ""),
    "Z203": (("bureau_head",), ""),
    "Z301": (("legal_reviewer",), ""),
    "Z302": (("legal_reviewer",), ""),
    "Z401": (("presider",), ""),
    "Z402": (("presider",), ""),
    "Z501": (("office",), ""),
}
OFFICERS = tuple(f"Z1{n:02d}" for n in range(1, 9))
HEADS, REVIEWERS, PRESIDERS, OFFICE = ("Z201", "Z202", "Z203"), ("Z301", "Z302"), ("Z401", "Z402"), ("Z501",)
EXPIRED, REVIEWING_OFFICER, PRESIDING_OFFICER = "Z109", "Z110", "Z111"
