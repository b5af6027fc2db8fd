"""Lines of programmes that took over from each other. Pure."""

from collections.abc import Sequence

Link = tuple[int, int]  # before, after


def line_of(key: int, links: Sequence[Link]) -> set[int]:
    """What came before ``key`` and what came after it, to the ends, and itself.

    Not the other branches: what else took over from a precursor is another line.
    """
    earlier = _reached(key, [(after, before) for before, after in links])
    return earlier | _reached(key, links)


def _reached(key: int, links: Sequence[Link]) -> set[int]:
    reached, waiting = {key}, [key]
    while waiting:
        here = waiting.pop()
        new = {after for before, after in links if before == here} - reached
        reached |= new
        waiting.extend(new)
    return reached
