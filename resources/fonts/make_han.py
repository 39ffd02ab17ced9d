"""Makes `slips-han.ttf`: the Chinese letters of slips out of Noto Sans SC, as small as still useful.

Run it when a text in `resources/slips/zh.toml` needs a letter that is not among the 3 755 usual ones of
GB 2312 level 1: `pip install fonttools justmytype-intl-cjk`, then `python resources/fonts/make_han.py`.
The font is under the SIL Open Font License (`OFL.txt` beside it); its reserved name is not used.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).resolve().parent
SOURCE = files("justmytype_intl_cjk") / "fonts" / "ofl" / "notosanssc"
SIGNS = "，。、；：？！（）《》“”‘’…—·№￥"


def wanted() -> str:
    """Letters to keep: GB 2312 level 1, ASCII, Chinese signs, and whatever the texts of slips use."""
    usual = [
        bytes([0xA0 + row, 0xA0 + cell]).decode("gb2312", "ignore")
        for row in range(16, 56)
        for cell in range(1, 95)
    ]
    texts = (HERE.parent / "slips" / "zh.toml").read_text(encoding="utf-8")
    return "".join(sorted({*"".join(usual), *map(chr, range(0x20, 0x7F)), *SIGNS, *texts} - {"\n"}))


def main() -> None:
    """Cut the variable font to Regular and to the letters wanted."""
    with as_file(SOURCE / "NotoSansSC[wght].ttf") as path:
        font = instancer.instantiateVariableFont(TTFont(path), {"wght": 400})
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    cutter = subset.Subsetter(options)
    cutter.populate(text=wanted())
    cutter.subset(font)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(HERE / "slips-han.ttf")
    (HERE / "OFL.txt").write_text((SOURCE / "OFL.txt").read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    main()
