"""Series as arrays say the same as series one by one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indicators.batches import SeriesBatch
from indicators.series import Observations
from tests.indicators.test_series import build, cell_lists

series_lists = st.lists(
    st.builds(build, cell_lists, start=st.integers(1900, 2030)), max_size=6
)


def rows(batch: SeriesBatch) -> list[Observations]:
    return [batch.row(index) for index in range(len(batch))]


@given(series_lists)
def test_a_batch_gives_back_its_series_and_their_digests(items):
    batch = SeriesBatch.of(items)
    assert rows(batch) == items
    assert batch.digests().tolist() == [item.digest() for item in items]
    assert batch.present().tolist() == [
        sum(value is not None for value in item.values) for item in items
    ]


@given(series_lists, st.data())
def test_rows_can_be_taken_in_any_order(items, data):
    batch = SeriesBatch.of(items)
    order = data.draw(st.permutations(range(len(items))))
    taken = batch.take(np.array(order, dtype=np.int64))
    assert rows(taken) == [items[place] for place in order]


@given(
    st.integers(1, 6).flatmap(
        lambda width: st.lists(
            st.lists(
                st.tuples(
                    st.none() | st.floats(-1e6, 1e6),
                    st.sampled_from(["", "b", "ep"]),
                    st.sampled_from(["", "C"]),
                ),
                min_size=width,
                max_size=width,
            ),
            min_size=1,
            max_size=5,
        )
    )
)
def test_trimming_many_rows_is_trimming_each(table):
    """What says nothing at both ends goes, and the start moves with it."""
    texts = ["", "b", "ep", "C"]
    values = np.array(
        [[np.nan if c[0] is None else c[0] for c in row] for row in table]
    )
    flags = tuple(
        np.array([[texts.index(c[part]) for c in row] for row in table], np.int32)
        for part in (1, 2)
    )
    batch = SeriesBatch.trimmed(("A", 2000), values, flags, texts)
    expected = [
        Observations.canonical(
            "A", 2000, [c[0] for c in row], [c[1] for c in row], [c[2] for c in row]
        )
        for row in table
    ]
    told = [bool(item.values) for item in expected]
    assert (batch.lengths > 0).tolist() == told
    assert [item for item in rows(batch) if item.values] == [
        item for item in expected if item.values
    ]
    kept = batch.take(np.array(told))
    assert kept.digests().tolist() == [e.digest() for e in expected if e.values]
