"""Which part of a picture becomes the photo: always of the shape, always inside the picture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from migdesk.domain.photo import Cut, Shape

SHARES = some.floats(0, 1)
CUTS = some.builds(Cut, some.sampled_from(Shape), some.floats(0.2, 5), SHARES, SHARES, some.floats(0.05, 1))


@given(CUTS, some.floats(-3, 3), some.floats(-3, 3), some.floats(0.2, 5))
def test_a_cut_stays_inside_the_picture_and_keeps_its_shape(cut, right, down, factor):
    for one in (cut, cut.moved(right, down), cut.scaled(factor), cut.shaped(Shape.SMALL)):
        left, top, till_right, bottom = one.box(1000, round(1000 * one.proportion))
        assert -0.01 <= left < till_right <= 1000.01
        assert -0.01 <= top < bottom <= 1000 * one.proportion + 0.51
        ratio = (bottom - top) / (till_right - left)
        assert ratio == pytest.approx(one.shape.ratio, rel=0.02)


def test_arrows_move_by_shares_of_the_part_and_stop_at_the_edge():
    cut = Cut(Shape.SMALL, 4 / 3, width=0.5)
    assert cut.moved(0.1, 0).sides[0] == pytest.approx(0.3)
    assert cut.moved(-9, -9).sides[:2] == (0.0, 0.0)
    assert cut.moved(9, 9).moved(-0.1, 0).sides[0] == pytest.approx(0.45)


def test_plus_and_minus_scale_around_the_middle_as_far_as_the_picture_goes():
    cut = Cut(Shape.SMALL, 4 / 3, width=0.5)
    assert cut.scaled(0.5).sides == pytest.approx((0.375, 0.375, 0.25, 0.25))
    assert cut.scaled(99).sides == pytest.approx((0, 0, 1, 1))
    assert cut.scaled(0.001).width == 0.05
