"""A run's story: what happened, sentence by sentence."""

from sources.models import IngestRun, RunEvent


def tell(run: IngestRun, text: str, *, who: str = "") -> None:
    """Add a sentence to the run's story; a person's name is ``who``, not in the text,
    since everybody may read that.
    """
    RunEvent.objects.create(run_id=run.pk, text=storable(text), who=who[:150])


def storable(text: str) -> str:
    """The text without what PostgreSQL refuses: NUL, and bytes of no encoding.

    File names and error texts may hold both, and the story must be told all the same.
    """
    return text.encode("utf-8", "replace").decode().replace("\0", "?")
