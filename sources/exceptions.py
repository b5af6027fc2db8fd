"""The errors a run ends with when a load must not, or not yet, happen."""

from collections.abc import Sequence


class IngestError(Exception):
    """A load refused; the message is one sentence or two for the person who ran it.

    ``rejections`` lists the offending rows, each already a readable line.
    """

    def __init__(self, message: str, rejections: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.rejections = list(rejections)


class TransientError(IngestError):
    """A fault that may pass: the run is tried again later, by itself.

    ``about`` names what is out of order when it is not this run alone, such as the
    publisher's host: people are told once of that, not once a run.
    """

    def __init__(self, message: str, *, about: str = "") -> None:
        super().__init__(message)
        self.about = about


class RunUnderway(IngestError):  # noqa: N818  # a state of affairs, not a fault
    """Another run works on the same target."""


class RunCancelled(IngestError):  # noqa: N818  # somebody asked for it
    """A person asked the run to stop."""


class RunStopped(IngestError):  # noqa: N818  # as above
    """The worker was asked to end; another one may go on with the run."""


class LeaseLost(IngestError):  # noqa: N818  # a state of affairs, not a fault
    """The run belongs to another worker by now: whatever was done must not count."""


class ConfirmationNeeded(IngestError):  # noqa: N818  # a question, not a fault
    """A load that looks wrong and may be right: a person decides."""
