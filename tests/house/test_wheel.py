"""What an office installs: the wheel holds everything and runs far from the checkout."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

from tests.house.repository import PACKAGE, ROOT, files, project


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A program started in a folder that knows nothing of the checkout; it must succeed."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    env |= {"PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"}
    env.pop("DISPLAY", None)
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, env=env, capture_output=True, encoding="utf-8", timeout=250
    )
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution; without a network where hatchling is installed."""
    dist = tmp_path_factory.mktemp("dist")
    alone = ["--no-isolation"] if importlib.util.find_spec("hatchling") else []
    run(sys.executable, "-m", "build", *alone, "--outdir", dist, ROOT, cwd=dist)
    return next(dist.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `migdesk` program in an environment that borrows the libraries of this one."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False)
    base = {"base": str(home), "platbase": str(home)}
    site, scripts = (Path(sysconfig.get_path(kind, "venv", base)) for kind in ("purelib", "scripts"))
    pip = [sys.executable, "-m", "pip", "--python", scripts / "python"]
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=home)
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "libraries.pth").write_text("\n".join(sorted(libraries)), encoding="utf-8")
    return scripts


def test_the_wheel_holds_every_module_resource_and_form_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as opened:
        held = {name for name in opened.namelist() if ".dist-info/" not in name}
    wanted = {path.relative_to(ROOT).as_posix() for path in files(PACKAGE)}
    for folder in ("resources", "forms"):
        wanted |= {f"migdesk/_shipped/{path.relative_to(ROOT).as_posix()}" for path in files(ROOT / folder)}
    spare = {name for name in wanted if "/_shipped/" in name and name.endswith((".py", ".cases.toml"))}
    assert {"migdesk/_shipped/resources/.here", "migdesk/_shipped/forms/.here"} <= wanted
    assert {Path(name).name for name in spare} >= {"make_lists.py", "make_han.py", "terms.cases.toml"}
    assert (sorted(wanted - spare - held), sorted(held - (wanted - spare))) == ([], [])


def test_the_wheel_says_who_made_it_and_for_what(wheel):
    with zipfile.ZipFile(wheel) as opened:
        name = next(name for name in opened.namelist() if name.endswith(".dist-info/METADATA"))
        told = message_from_string(opened.read(name).decode("utf-8"))
    assert told["Author"] == "MigDesk authors"
    assert told["Summary"] == project()["project"]["description"]
    assert told["Description-Content-Type"] == "text/markdown"
    assert {"Private :: Do Not Upload", "Topic :: Office/Business"} <= set(told.get_all("Classifier"))


def test_the_installed_program_finds_its_resources_and_forms(installed, tmp_path):
    script = "from migdesk import paths; print(paths.resources()); print(paths.forms())"
    shown = run(installed / "python", "-c", script, cwd=tmp_path).stdout.splitlines()
    assert [Path(line).parts[-3:] for line in shown] == [
        ("migdesk", "_shipped", "resources"),
        ("migdesk", "_shipped", "forms"),
    ]
    assert all(str(installed.parent) in line for line in shown)


def test_the_installed_program_says_its_version(installed, tmp_path):
    for words in ([installed / "python", "-m", "migdesk"], [installed / "migdesk"]):
        assert project()["project"]["version"] in run(*words, "--version", cwd=tmp_path).stdout


def test_the_installed_program_does_a_day_of_work(installed, tmp_path):
    out = tmp_path / "results"
    run(
        installed / "migdesk",
        "--home",
        tmp_path / "office",
        "demo",
        "--persons",
        "50",
        "--out",
        out,
        cwd=tmp_path,
    )
    kinds = {path.suffix for path in out.rglob("*") if path.is_file() and path.stat().st_size > 0}
    assert kinds >= {".pdf", ".xlsx", ".png"}
