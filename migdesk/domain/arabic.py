"""Arabic letters in a machine-readable zone: Doc 9303 part 3, section 6 C.

Each letter has its own sign, X marks those that Latin lacks, and short vowels are not written: محمد is MXHMD. It is
what a passport's zone holds, not how the name is said.
"""

from __future__ import annotations

_LETTERS = """
ء XE|آ XAA|أ XAE|ؤ U|إ I|ئ XI|ا A|ب B|ة XTA|ت T|ث XTH|ج J|ح XH|خ XKH|د D|ذ XDH|ر R|ز Z|س S|ش XSH|ص XSS|ض XDZ|ط XTT
ظ XZZ|ع E|غ G|ف F|ق Q|ك K|ل L|م M|ن N|ه H|و W|ى XAY|ي Y|ٱ XXA|ٹ XXT|ټ XRT|پ P|ځ XKE|څ XXH|چ XC|ڈ XXD|ډ XDR|ڑ XXR
ړ XRR|ږ XRX|ژ XJ|ښ XXS|ک XKK|ګ XXK|ڭ XNG|گ XGG|ں XNN|ڼ XXN|ھ XDO|ۀ XYH|ہ XXG|ۂ XGE|ۃ XTG|ی XYA|ۍ XXY|ې Y|ے XYB
ۓ XBE
"""
_NOT_WRITTEN = "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0652\u0670"
_DOUBLED = "\u0651"
_LAST_TEH = "XAH"

LETTERS = dict(entry.split() for entry in _LETTERS.replace("\n", "|").split("|") if entry)


def prepared(text: str) -> str:
    """The text as the table wants it: shadda doubles its letter, the round teh at a word's end has another sign."""
    done: list[str] = []
    for place, char in enumerate(text):
        if char in _NOT_WRITTEN:
            continue
        if char == _DOUBLED:
            done.append(done[-1] if done else "")
        elif char == "ة" and not text[place + 1 : place + 2].isalpha():
            done.append(_LAST_TEH)
        else:
            done.append(char)
    return "".join(done)
