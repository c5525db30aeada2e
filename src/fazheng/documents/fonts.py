"""Fonts by the part they play. A .docx names those of the standard; a PDF holds the nearest that are at hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

# part → the standard's font, as Word and WPS name it
STANDARD = {"body": "仿宋_GB2312", "hei": "黑体", "kai": "楷体_GB2312", "title": "方正小标宋简体", "song": "宋体"}
_SERIF, _SANS = "Noto Serif SC", "Noto Sans SC"
# part → the names under which a font file gives that type, the best first
_KNOWN = {
    "body": (
        "FangSong_GB2312",
        "仿宋_GB2312",
        "FangSong",
        "仿宋",
        "STFangsong",
        "FZFangSong-Z02S",
        "LXGW WenKai",
        _SERIF,
    ),
    "hei": ("SimHei", "黑体", "STHeiti", "FZHei-B01S", _SANS),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "FZKai-Z03S", "LXGW WenKai", _SERIF),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", _SERIF),
    "song": ("SimSun", "宋体", "NSimSun", _SERIF),
}
_TRUE = {
    "body": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋"),
    "hei": ("SimHei", "黑体"),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体"),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体"),
    "song": ("SimSun", "宋体", "NSimSun"),
}


class FontFault(ValueError):
    """The folder of fonts cannot be used."""


@dataclass(frozen=True)
class Fonts:
    """The fonts that were found, and which of them plays which part."""

    loaded: typst.Fonts
    families: dict[str, str]  # part → family

    @property
    def told(self) -> str:
        """A sentence for the paper's record: which fonts are in it, and for which they stand in."""
        names = [
            f"{wanted}用{self.families[part]}{'' if self.families[part] in _TRUE[part] else '代替'}"
            for part, wanted in STANDARD.items()
        ]
        return f"字体：{'，'.join(names)}"

    @property
    def stand_ins(self) -> dict[str, str]:
        """The standard's fonts that were not at hand, each with the family that stands in."""
        return {STANDARD[part]: family for part, family in self.families.items() if family not in _TRUE[part]}


def found_fonts(folder: Path | None = None) -> Fonts:
    """The fonts of the bureau's own folder before those that come with the program. Raises FontFault.

    Fonts of the machine are never looked at: a paper must not look otherwise on another desk.
    """
    if folder is not None and not folder.is_dir():
        raise FontFault(f"没有字体文件夹“{folder}”：请建好并放入字体文件，或者不要指定")
    packaged = Path(pylopdf_fonts_zh_cn.serif_path()).parent
    paths = [*([folder] if folder else []), packaged]
    loaded = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)
    there = set(loaded.families())
    return Fonts(loaded, {part: next(name for name in names if name in there) for part, names in _KNOWN.items()})
