"""Program words: what the code says, and the catalogues that hold it in Kazakh and Russian.

    python -m tests.house.messages [FRAGMENT ...]

rewrites `resources/locale/kk.po` and `ru.po`: translations are kept, new messages added, those the code no
longer says dropped. A fragment is a text file with lines `English<TAB>Kazakh<TAB>Russian` (`\\n` for a line
end); what it says is taken over what the catalogue had. Prints what is still without a translation and what
in the fragments nobody says; the exit code is 1 then.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polib

from migdesk.i18n import placeholders
from tests.house.repository import ROOT, calls, modules, place

LOCALE = ROOT / "resources" / "locale"
LANGUAGES = ("kk", "ru")
MARKS = ("N_", "_")

Messages = dict[str, set[str]]
Fragment = dict[str, dict[str, str]]


def collect(paths: Iterable[Path] | None = None) -> Messages:
    """Every English message of the program and the files that say it."""
    found: Messages = {}
    for path in modules() if paths is None else paths:
        for call in marked(path):
            if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str):
                found.setdefault(call.args[0].value, set()).add(place(path))
    return found


def marked(path: Path) -> Iterator[ast.Call]:
    """Calls of `N_` and `_` in a file."""
    return (call for name, call in calls(path) if name in MARKS and call.args)


@dataclass
class Report:
    """What a rewriting of the catalogues left to do."""

    untranslated: list[str] = field(default_factory=list)
    unequal: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """One line per thing to do."""
        named = {"no translation": self.untranslated, "other {names}": self.unequal, "not said": self.unknown}
        return [f"{what}: {one}" for what, ones in named.items() for one in ones]


def read_fragment(path: Path) -> Fragment:
    """English message → language → words.

    Raises:
        ValueError: a line has not three parts.
    """
    found: Fragment = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        parts = [part.replace("\\n", "\n") for part in line.split("\t")]
        if len(parts) != 3:
            raise ValueError(f"{path.name}:{number}: {len(parts)} parts, not English, Kazakh, Russian")
        found[parts[0]] = dict(zip(LANGUAGES, parts[1:], strict=True))
    return found


def rewrite(folder: Path, messages: Messages, fragments: Mapping[str, Mapping[str, str]]) -> Report:
    """Write both catalogues anew, sorted by the English message."""
    report = Report(unknown=sorted(set(fragments) - set(messages)))
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        path = folder / f"{language}.po"
        known = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))} if path.exists() else {}
        catalogue = polib.POFile(wrapwidth=110)
        catalogue.metadata = {"Language": language, "Content-Type": "text/plain; charset=utf-8"}
        for message in sorted(messages):
            words = fragments.get(message, {}).get(language) or known.get(message, "")
            files = [(name, "") for name in sorted(messages[message])]
            catalogue.append(polib.POEntry(msgid=message, msgstr=words, occurrences=files))
            if not words:
                report.untranslated.append(f"{language}: {message}")
            elif placeholders(words) != placeholders(message):
                report.unequal.append(f"{language}: {message}")
        path.write_text(str(catalogue) + "\n", encoding="utf-8", newline="\n")
    return report


def main(arguments: list[str]) -> int:
    """Merge the named fragments into the catalogues and say what is left."""
    fragments: Fragment = {}
    for name in arguments:
        fragments |= read_fragment(Path(name))
    lines = rewrite(LOCALE, collect(), fragments).lines()
    sys.stdout.writelines(line.replace("\n", "\\n") + "\n" for line in lines)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
