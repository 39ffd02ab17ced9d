"""Pictures of every scene are made, in the size asked for, and not blank."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from migdesk.ui.gallery import catalogue as parts
from migdesk.ui.gallery import counter_scenes, pictures
from tests import make


def test_a_picture_is_made_for_every_language_and_theme(application, catalogues, tmp_path):
    scenes = {"today": parts.SCENES["today"]}
    made = pictures.take(scenes, tmp_path / "out", application, pictures.Views([QSize(800, 600)]))
    assert sorted(path.name for path in made) == sorted(
        f"today-{language}-{colours}-800x600.png"
        for language in ("kk", "ru", "en")
        for colours in ("light", "dark")
    )
    for path in made:
        image = QImage(str(path))
        assert (image.width(), image.height()) == (800, 600)
        assert len({image.pixel(x, y) for x in range(0, 800, 5) for y in range(0, 600, 5)}) > 8
    assert len({path.read_bytes() for path in made}) == len(made)


def test_an_office_without_papers_to_print_has_no_pictures_of_them(tmp_path):
    """The demo with few people stopped at the first paper for which its office had no record."""
    desk = make.desk(tmp_path)
    assert set(counter_scenes.shown(desk)) == {"places"}
    desk.close()
