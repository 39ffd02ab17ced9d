"""`attach`, `attachments`, `photo`, and `find LABEL`."""

from __future__ import annotations

import io
import os

import pytest
from PIL import Image

from tests import scans


@pytest.fixture
def person(registered) -> str:
    return registered["arrivals"][0]["person"]


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "passport.pdf"
    path.write_bytes(scans.pdf(2))
    return path


def test_a_scan_goes_in_is_listed_comes_out_and_is_annulled(office, person, scan, tmp_path):
    kept = office("attach", person, scan, "--kind", "passport")
    assert (kept.code, [one["pages"] for one in kept.document["attachments"]]) == (0, [2])
    uid = office("attachments", "list", person).document[0]["uid"]
    out = tmp_path / "out.pdf"
    assert office("attachments", "save", uid, "--to", out).document["name"] == "passport.pdf"
    assert out.read_bytes() == scan.read_bytes()
    assert office("attachments", "annul", uid, "--why", "of somebody else").code == 0
    assert office("attachments", "list", person).document == []
    assert office("undo").document["undone"]["op"] == "annul_attachment"
    assert len(office("attachments", "list", person).document) == 1
    assert office("doctor").code == 0


def test_a_scan_of_a_case_by_its_number(office, person, scan):
    case = office("case", "open", "kandas_status", person).document
    assert office("attach", case["number"], scan, "--kind", "application").code == 0
    assert office("attachments", "list", case["number"]).document[0]["case"] == case["uid"]
    assert office("attachments", "list", person).document == []


def test_a_scan_from_standard_input(office, person):
    said = office("attach", person, "-", "--kind", "other", given=scans.picture())
    assert said.document["attachments"][0]["media"] == "image/jpeg"


def test_what_is_no_scan_is_refused_in_words(office, person, tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"no photo")
    refused = office("attach", person, tmp_path / "photo.jpg", "--kind", "photo")
    assert (refused.code, refused.codes) == (1, ["no_scan"])
    with (tmp_path / "large.pdf").open("wb") as file:
        file.truncate(400_000_000)
    assert office("attach", person, tmp_path / "large.pdf", "--kind", "other").codes == ["too_large"]
    assert office("attach", person, tmp_path / "none.pdf", "--kind", "other").code == 3
    assert office("attach", person, "--kind", "other").code == 2
    assert office("attach", "nobody", tmp_path / "photo.jpg", "--kind", "other").codes == ["not_found"]
    assert office("attachments", "list", person).document == []


def test_everything_that_the_scanner_left(office, person, scan, tmp_path):
    folder = tmp_path / "scanner"
    folder.mkdir()
    os.utime(scan.rename(folder / scan.name), (1_000_000, 1_000_000))
    assert office("attach", person, "--scanner", folder, "--kind", "contract").code == 0
    assert [path.name for path in (folder / "taken").iterdir()] == ["passport.pdf"]
    assert office("attach", person, "--scanner", folder, "--kind", "contract").code == 3


def test_a_photo_is_cut_from_the_middle(office, person, tmp_path):
    (tmp_path / "me.png").write_bytes(scans.picture("PNG", (900, 500)))
    said = office("photo", person, tmp_path / "me.png", "--shape", "3.5x4.5")
    kept = office("attachments", "list", person).document
    assert (said.document["photo"], kept[0]["kind"]) == (kept[0]["uid"], "photo")
    office("attachments", "save", kept[0]["uid"], "--to", tmp_path / "out.jpg")
    assert Image.open(io.BytesIO((tmp_path / "out.jpg").read_bytes())).size == (560, 720)


def test_the_label_finds_the_file_and_a_wrong_sign_is_told(office, person):
    label = next(one["label"] for one in office("find", "A").document + office("find", "К").document)
    assert office("find", label).document[0]["label"] == label
    uid = office("find", label).document[0]["uid"]
    assert office("status", label.lower()).document["person"]["uid"] == uid
    wrong = label[:-1] + ("X" if label[-1] != "X" else "Y")
    refused = office("find", wrong)
    assert (refused.code, refused.codes) == (1, ["wrong_label"])
    assert office("find", "nobody at all").document == []


def test_a_label_names_a_person_however_it_is_typed(office, registered):
    label = office("find", registered["uid"]).document or office("find", "Қасымова").document
    sign = label[0]["label"]
    alike = sign.translate(str.maketrans("ACEHKMPTXY", "АСЕНКМРТХУ"))
    for typed in (sign, sign.lower(), sign.replace("-", ""), sign.replace("-", "").lower(), alike):
        assert office("attachments", "list", typed).document == []
        assert office("status", typed).document["person"]
        assert office("find", typed).document[0]["matched"] == "label of the file"
    wrong = sign[:-1] + ("X" if sign[-1] != "X" else "Y")
    for verb in (("attachments", "list"), ("status",), ("document", "list"), ("find",)):
        said = office(*verb, wrong)
        assert (said.code, "a sign is wrong" in said.err) == (1, True)
