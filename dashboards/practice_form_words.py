"""The authors' form in words: what each step and each field asks for."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.analysis.completeness import Step

LEDES: dict[str, Promise] = {
    Step.BASICS: _("What you did, so that a reader knows it after half a minute."),
    Step.PLACE: _("Where it was done, by whom, and who can be asked about it."),
    Step.TOPICS: _(
        "By these it is found. Tick what it is really about; few ticks say more than "
        "many."
    ),
    Step.STORY: _(
        "What was done and when, what was difficult, and what did not work. What went "
        "wrong helps others most."
    ),
    Step.RESOURCES: _("What others would need to do the same."),
    Step.EVIDENCE: _(
        "How one can see that it worked, or that it did not: values before and after, "
        "what they are compared with, and where they are published."
    ),
    Step.TRANSFER: _("What another region should know before it does the same."),
}
LABELS: dict[str, Promise] = {
    "is_failure": _("It did not reach its aims: told as a failure"),
    "organisation_name": _("Or its name, if it is not held here"),
    "project_name": _("Or its name, if it is not held here"),
    "cost_eur": _("Cost in euro"),
}
MARKDOWN = _(
    "You may use **bold**, *italics*, lists that begin with “-”, links as "
    "[words](https://...) and tables; no HTML and no images."
)
HINTS: dict[str, Promise] = {
    "title": _("What it is, not what it is called in the project: 2 to 30 words."),
    "summary": _("For whom, what was done, and what came of it."),
    "language": _("The language you write in."),
    "regions": _("Name or NUTS code, one in each field."),
    "country": _("Follows from the regions, once they are told."),
    "organisation": _("Who keeps the practice. Type its name and choose."),
    "project": _("Optional: the project it comes from. Type its name and choose."),
    "programme": _("Optional: what paid for it."),
    "contact_office": _(
        "An office, no person: readers see it. You yourself are asked through the "
        "portal."
    ),
    "description": _("What was done, step by step, and with whom."),
    "start": _("As exact as you know: 2012, 2012-03 or 2012-03-11."),
    "end": _("Leave it empty while it is running."),
    "status": _("In a few words: running, ended, goes on in another programme."),
    "difficulties": _("What stood in the way, and what you did about it."),
    "not_worked": _(
        "What you would not do again, and why. If it all worked, say what you would "
        "do otherwise."
    ),
    "is_failure": _(
        "Practices that failed are welcome: they are reviewed like others, and readers "
        "find them by this mark."
    ),
    "cost_eur": _("A number, such as 7500. Leave it empty if it is not known."),
    "cost_note": _("What the amount covers: of one year, of a firm, of all of it."),
    "resources_needed": _("People, skills, time, rooms, partners, money."),
    "evidence_of_success": _(
        "What changed, how you know, and what else may have caused it."
    ),
    "transfer_potential": _("Who could do the same, and what they would change."),
    "preconditions": _("Laws, bodies or skills without which it does not work."),
}
ROWS = {
    "summary": 4,
    "description": 14,
    "difficulties": 6,
    "not_worked": 6,
    "resources_needed": 5,
    "evidence_of_success": 7,
    "transfer_potential": 6,
    "preconditions": 4,
}
