"""Photos and scans: kept once inside the office's file, undone and put back, shown, saved, annulled."""

from __future__ import annotations

import io
import json

import pytest

from migdesk.domain.case import Case
from migdesk.domain.change import Op
from migdesk.domain.errors import BadFile, Invalid, NotFound
from migdesk.domain.person import Person
from migdesk.domain.scan import LARGEST, Attachment
from migdesk.services.cases import cases
from migdesk.services.people import attachments, merging, people
from migdesk.services.people.attachments import Scan, look_at
from migdesk.services.upkeep import doctor, journal
from migdesk.store import contents, replay
from tests import make, scans


def person_of(desk, **given):
    return people.save_person(desk, make.person(**given)).value


@pytest.fixture
def person(desk):
    return person_of(desk)


def scan(content: bytes | None = None, name: str = "scan.pdf") -> Scan:
    return look_at(content or scans.pdf(2), name)


def attach(desk, owner, *given: Scan, kind: str = "passport"):
    return attachments.attach(desk, owner, given or (scan(),), kind).value


def count(desk) -> int:
    return contents.count(desk.store)[0]


def findings_of(refusal) -> list[str]:
    return [one.code for one in refusal.value.findings]


@pytest.mark.parametrize(
    ("content", "media", "pages"),
    [
        (scans.picture("JPEG"), "image/jpeg", 1),
        (scans.picture("PNG"), "image/png", 1),
        (scans.tiff(3), "image/tiff", 3),
        (scans.pdf(4), "application/pdf", 4),
    ],
)
def test_what_a_file_is_and_its_pages_are_told_by_its_content_not_its_name(
    desk, person, content, media, pages
):
    kept = attach(desk, person.uid, scan(content, "holiday.exe"))[0]
    assert (kept.media, kept.pages, kept.size, kept.name) == (media, pages, len(content), "holiday.exe")
    assert attachments.list_of(desk, person.uid) == [kept]


def test_a_scan_for_two_people_and_a_case_is_kept_once(desk, person):
    other = person_of(desk, given="Әлия")
    case = cases.open_case(desk, Case(service="kandas_status", person=other.uid, applied_on=make.TODAY)).value
    for owner in (person.uid, other.uid, case.uid):
        attach(desk, owner)
    assert len(desk.store.live(Attachment)) == 3
    assert count(desk) == 1
    assert attachments.list_of(desk, case.uid)[0].case == case.uid


def test_the_same_scan_is_in_one_file_once_and_of_two_alike_one_is_taken(desk, person):
    assert len(attach(desk, person.uid, scan(), scan(name="copy.pdf"))) == 1
    with pytest.raises(Invalid) as refusal:
        attach(desk, person.uid, scan(scans.picture()), scan(name="again.pdf"))
    assert findings_of(refusal) == ["same_scan"]
    assert (len(desk.store.live(Attachment)), count(desk)) == (1, 1)


def test_the_journal_has_the_digest_only_and_undo_and_doing_it_again_restore(desk, person):
    content = scans.pdf(2)
    kept = attach(desk, person.uid, scan(content))[0]
    told = journal.changes_of(desk, journal.entries(desk)[0].uid)[0].after
    assert told["digest"] == contents.digest_of(content)
    assert len(json.dumps(dict(told))) < 600
    journal.undo_last(desk)
    assert attachments.list_of(desk, person.uid) == []
    again = attach(desk, person.uid, scan(content))[0]
    assert contents.read(desk.store, again.digest) == content
    assert again.uid != kept.uid
    assert count(desk) == 1
    assert list(replay.differences(desk.store)) == []


def test_an_annulled_scan_comes_back_by_undo(desk, person):
    kept = attach(desk, person.uid)[0]
    attachments.annul(desk, kept.uid, "of somebody else")
    assert attachments.list_of(desk, person.uid) == []
    with pytest.raises(NotFound):
        attachments.show(desk, kept.uid, 1)
    journal.undo_last(desk)
    assert [one.uid for one in attachments.list_of(desk, person.uid)] == [kept.uid]


def test_annulling_asks_why(desk, person):
    kept = attach(desk, person.uid)[0]
    with pytest.raises(Invalid) as refusal:
        attachments.annul(desk, kept.uid, "  ")
    assert refusal.value.findings[0].field == "annulled_why"


class Unread(io.FileIO):
    """A file that nobody may read."""

    def read(self, size: int | None = -1, /) -> bytes:
        pytest.fail("it was read")


def test_a_file_of_400_mb_is_refused_by_its_size_before_it_is_read(desk, person, tmp_path, monkeypatch):
    large = tmp_path / "scan.pdf"
    with large.open("wb") as file:
        file.truncate(400_000_000)
    monkeypatch.setattr(attachments, "open_given", Unread)
    with pytest.raises(Invalid) as refusal:
        attachments.attach_files(desk, person.uid, [large], "passport")
    assert "400 MB" in refusal.value.findings[0].words()
    assert count(desk) == 0


def test_a_file_of_too_many_pages_says_how_many_and_what_to_do(monkeypatch):
    monkeypatch.setattr(attachments, "count_pages", lambda *_given: 10_000)
    with pytest.raises(Invalid) as refusal:
        look_at(scans.pdf(), "archive.pdf")
    [told] = refusal.value.findings
    assert told.code == "too_many_pages"
    assert "“archive.pdf” has 10000 pages; at most 5000" in told.words() and "Divide" in told.words()


def test_what_comes_from_the_clipboard_is_limited_too():
    with pytest.raises(Invalid) as refusal:
        look_at(bytes(LARGEST + 1), "clipboard.png")
    assert findings_of(refusal) == ["too_large"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_scan"),
        (b"a letter, no picture", "no_scan"),
        (b"GIF89a", "no_scan"),
        (b"\xff\xd8\xff\xe0 no photo at all", "bad_scan"),
        (scans.picture()[:400], "bad_scan"),
        (scans.picture("PNG")[:60], "bad_scan"),
        (b"II*\x00\x08\x00\x00\x00", "bad_scan"),
        (b"%PDF-1.7 and nothing more", "bad_scan"),
    ],
)
def test_a_photo_that_is_no_photo_is_refused_in_words(content, code):
    with pytest.raises(Invalid) as refusal:
        look_at(content, "photo.jpg")
    assert findings_of(refusal) == [code]
    assert "photo.jpg" in refusal.value.words()


def test_a_picture_of_too_many_dots_is_refused_before_it_fills_the_memory():
    content = scans.picture("PNG", (3, 3))
    width, height = (30_000).to_bytes(4), (30_000).to_bytes(4)
    import zlib

    head = b"IHDR" + width + height + content[24:29]
    forged = content[:12] + head + zlib.crc32(head).to_bytes(4) + content[33:]
    with pytest.raises(Invalid) as refusal:
        look_at(forged, "bomb.png")
    assert findings_of(refusal) == ["bad_scan"]


def test_of_several_files_every_bad_one_is_named_and_none_is_kept(desk, person, tmp_path):
    for name, content in (("a.pdf", scans.pdf()), ("b.jpg", b"no"), ("c.jpg", b"nor this")):
        (tmp_path / name).write_bytes(content)
    with pytest.raises(Invalid) as refusal:
        attachments.attach_files(desk, person.uid, sorted(tmp_path.glob("?.*")), "other")
    assert [one.values["name"] for one in refusal.value.findings] == ["b.jpg", "c.jpg"]
    assert count(desk) == 0


@pytest.mark.parametrize("name", ["nothing.pdf", "."])
def test_a_file_that_is_none_is_named(desk, person, tmp_path, name):
    with pytest.raises(BadFile):
        attachments.attach_files(desk, person.uid, [tmp_path / name], "other")


@pytest.mark.parametrize(
    ("kind", "code"), [("", "missing"), ("letter", "unknown_code"), ("photo", "no_photo")]
)
def test_the_kind_is_one_of_the_list_and_a_photo_is_a_picture(desk, person, kind, code):
    with pytest.raises(Invalid) as refusal:
        attach(desk, person.uid, kind=kind)
    assert findings_of(refusal) == [code]


def test_nothing_is_kept_for_nobody(desk):
    with pytest.raises(NotFound):
        attach(desk, "nobody")


def test_a_name_that_would_turn_the_line_round_loses_those_signs(desk, person):
    kept = attach(desk, person.uid, scan(name="tax\u202efdp.exe\n"))[0]
    assert kept.name == "taxfdp.exe"


def test_a_scan_is_saved_byte_by_byte_and_shown_as_pictures(desk, person, tmp_path):
    content = scans.pdf(3)
    kept = attach(desk, person.uid, scan(content))[0]
    attachments.save_to(desk, kept.uid, tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").read_bytes() == content
    shown = attachments.show(desk, kept.uid, 2)
    assert len(shown.pages) == 2
    assert all(page.startswith(b"\x89PNG") for page in shown.pages)


@pytest.mark.parametrize("content", [scans.tiff(2), scans.picture("PNG", (3000, 200))])
def test_pictures_are_shown_no_larger_than_the_screen(desk, person, content):
    from PIL import Image

    kept = attach(desk, person.uid, scan(content))[0]
    shown = attachments.show(desk, kept.uid, 9)
    assert len(shown.pages) == kept.pages
    import io

    assert max(Image.open(io.BytesIO(shown.pages[0])).size) <= attachments.SCREEN


def test_scans_go_with_a_merged_file_and_come_back(desk, person):
    other = person_of(desk, given="Әлия")
    attach(desk, person.uid)
    attach(desk, other.uid)
    attach(desk, other.uid, scan(scans.picture(), "p.jpg"))
    merging.merge(desk, person.uid, other.uid)
    assert len(attachments.list_of(desk, person.uid)) == 2
    merging.separate(desk, other.uid)
    assert len(attachments.list_of(desk, other.uid)) == 2
    assert len(attachments.list_of(desk, person.uid)) == 1


def look(desk):
    return next(one for one in doctor.examine(desk) if "scans" in one.name)


def test_the_doctor_reads_every_content_again(desk, person):
    kept = attach(desk, person.uid)[0]
    assert look(desk).ok
    desk.store.connection.execute("UPDATE content SET body = CAST(x'00' || substr(body, 2) AS BLOB)")
    assert (look(desk).ok, kept.digest in look(desk).detail) == (False, True)


def test_the_doctor_misses_a_content_that_is_gone(desk, person):
    kept = attach(desk, person.uid)[0]
    desk.store.connection.execute("DELETE FROM content")
    assert (look(desk).ok, kept.uid in look(desk).detail) == (False, True)
    with pytest.raises(NotFound):
        attachments.show(desk, kept.uid, 1)


def test_the_doctor_sees_a_content_that_nobody_named(desk, person):
    attach(desk, person.uid)
    desk.store.connection.execute(
        "INSERT INTO content(digest, size, body) VALUES (?, 1, x'41')", (make_digest(),)
    )
    assert (look(desk).ok, make_digest() in look(desk).detail) == (False, True)


def make_digest() -> str:
    return contents.digest_of(b"A")


def test_an_encrypted_office_keeps_scans_inside_its_file(tmp_path):
    from migdesk.services.desk import Clock
    from migdesk.services.upkeep.office import init_office

    desk = init_office(
        tmp_path / "o", make.office(), clock=Clock(make.TODAY), passphrase="correct horse battery"
    )
    uid = people.save_person(desk, make.person()).value.uid
    content = scans.pdf(1, "nobody else may read this")
    attach(desk, uid, scan(content))
    desk.close()
    files = [path.read_bytes() for path in (tmp_path / "o").iterdir() if path.is_file()]
    assert not any(content[:40] in one for one in files)


def test_ops_say_what_they_are(desk, person):
    attachments.annul(desk, attach(desk, person.uid)[0].uid, "by mistake")
    assert [one.op for one in journal.entries(desk)][:2] == [Op.ANNUL_ATTACHMENT, Op.ATTACH]
    assert desk.store.get(Person, person.uid).rev == person.rev
