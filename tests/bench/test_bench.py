"""The bench runs and fills every line of its table; how fast anything is, no test says."""

from __future__ import annotations

import math

import pytest

from tests.bench import bench


def test_every_line_is_measured_and_printed(tmp_path, capsys):
    figures = bench.run([300], list(bench.JOBS), rounds=1, out=tmp_path)
    assert figures[300].keys() == bench.LINES.keys()
    for line, sides in figures[300].items():
        assert sides.keys() == {"ours", "bare"}, line
        assert all(math.isfinite(value) and value > 0 for value in sides.values()), line
    printed = capsys.readouterr().out
    assert printed == (tmp_path / "bench.md").read_text(encoding="utf-8")
    assert all(line.title in printed for line in bench.LINES.values())
    assert not list((tmp_path / "bench").glob("scratch-*"))


@pytest.mark.parametrize(
    ("line", "ours", "bare", "met"),
    [
        (bench.Line("", most=1), 0.9, 0.1, True),
        (bench.Line("", most=1), 1.1, 1.0, False),
        (bench.Line("", times=2), 3, 2, True),
        (bench.Line("", times=2), 5, 2, False),
        (bench.Line("", most=1, times=2), 0.5, 0.2, False),
        (bench.Line("", most=1, times=2), 0.5, 0.3, True),
    ],
)
def test_a_line_is_met_when_it_keeps_every_aim(line, ours, bare, met):
    assert line.is_met(ours, bare) is met


def test_sizes_are_read_as_people_write_them():
    args = bench.arguments(["--sizes", "300,10k,1M"])
    assert args.sizes == [300, 10_000, 1_000_000]
    with pytest.raises(SystemExit):
        bench.arguments(["--only", "nothing"])
