"""Bulk work leaves the collector as it found it, and does not make it walk what was made."""

from __future__ import annotations

import gc

import pytest

from migdesk.services.bulk import without_collector


@pytest.fixture
def collector():
    yield
    gc.unfreeze()
    gc.enable()


@pytest.mark.parametrize("is_frozen", [False, True])
@pytest.mark.parametrize("is_running", [False, True])
def test_the_collector_is_left_as_it_was(collector, is_running, is_frozen):
    if is_frozen:
        gc.freeze()
    if not is_running:
        gc.disable()
    with without_collector():
        assert not gc.isenabled()
    assert gc.isenabled() is is_running
    assert (gc.get_freeze_count() > 0) is is_frozen


def test_what_was_made_is_not_young_afterwards(collector):
    gc.disable()
    with without_collector():
        made = [[] for _ in range(1000)]
    young = {id(one) for one in gc.get_objects(0)}
    assert not young & {id(one) for one in made}


def test_an_error_passes_and_the_collector_runs_again(collector):
    with pytest.raises(KeyError), without_collector():
        raise KeyError
    assert gc.isenabled()
