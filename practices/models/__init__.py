"""Good practices, their texts, authors, reviews, and what others learnt from them."""

from practices.models.content import Attachment, EvidenceItem
from practices.models.introductions import Introduction, MatchMessage, MatchStep
from practices.models.learning import Adoption, Interest, Question, Reconfirmation
from practices.models.matches import MatchProposal, MatchRequest
from practices.models.people import Authorship, Invitation
from practices.models.practice import GoodPractice, GoodPracticeQuerySet
from practices.models.review import ExpertOpinion, FieldComment, Review
from practices.models.versions import PublishedVersion, StateChange, WorkingCopy

__all__ = [
    "Adoption",
    "Attachment",
    "Authorship",
    "EvidenceItem",
    "ExpertOpinion",
    "FieldComment",
    "GoodPractice",
    "GoodPracticeQuerySet",
    "Interest",
    "Introduction",
    "Invitation",
    "MatchMessage",
    "MatchProposal",
    "MatchRequest",
    "MatchStep",
    "PublishedVersion",
    "Question",
    "Reconfirmation",
    "Review",
    "StateChange",
    "WorkingCopy",
]
