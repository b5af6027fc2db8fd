"""A worker that was asked to end tells its children, who then let go of their runs."""

from multiprocessing import RawValue

# Shared with the processes forked from here. A bare byte: a lock might be held by a
# child that was killed.
_asked = RawValue("b", 0)


def ask() -> None:
    """Whatever runs in this process and its children is to stop soon."""
    _asked.value = 1


def reset() -> None:
    """A worker begins: nobody has asked it to stop."""
    _asked.value = 0


def is_asked() -> bool:
    return bool(_asked.value)
