"""The pages of the help in one language: in their order, by topic, by words. Knows no Qt."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from migdesk import paths

_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_MARKS = re.compile(r"\]\([^)]*\)|[#*`|\[\]]")


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page: its topic is the name of its file, its text Markdown that begins with its title."""

    topic: str
    title: str
    text: str

    def has(self, words: Iterable[str]) -> bool:
        """Whether every word stands somewhere on it."""
        plain = fold(_MARKS.sub(" ", self.text))
        return all(word in plain for word in words)


def folder() -> Path:
    """Where the pages lie, a folder for each language."""
    return paths.resources() / "help"


def topics() -> list[str]:
    """All topics in the order of the contents."""
    with (folder() / "contents.toml").open("rb") as content:
        named = tomllib.load(content)["topics"]
    return [str(topic) for topic in named]


def read_pages(language: str) -> list[HelpPage]:
    """All pages in a language, in the order of the contents.

    Raises:
        FileNotFoundError: a page is missing: the program is not whole.
    """
    return [_read(topic, folder() / language / f"{topic}.md") for topic in topics()]


def _read(topic: str, file: Path) -> HelpPage:
    text = file.read_text(encoding="utf-8")
    found = _TITLE.search(text)
    return HelpPage(topic, found[1] if found else topic, text)


def search(pages: Sequence[HelpPage], typed: str) -> list[HelpPage]:
    """Pages with every typed word, those with a word in the title first; all pages for nothing typed."""
    words = fold(typed).split()
    found = [page for page in pages if page.has(words)]
    return sorted(found, key=lambda page: not any(word in fold(page.title) for word in words))


def fold(text: str) -> str:
    """Small letters, ё as е: so words are compared."""
    return text.casefold().replace("ё", "е")
