"""XML parts of a package, read and written with nothing added."""

from __future__ import annotations

from typing import Any

from lxml import etree


def parsed(data: bytes) -> Any:
    """The root element. Nothing outside of the part is read."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def written(root: Any) -> bytes:
    """The part again, declared as office software does."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
