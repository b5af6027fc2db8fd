"""Writing practices: one transaction each, every right asked of ``machine``.

Those that move or edit take the ``revision`` that was read and raise ``Conflict``
where it is another by now.
"""

from practices.services.authors import (
    accept_invitation,
    appoint_lead,
    find_invitation,
    forget_author,
    invite,
    leave,
)
from practices.services.drafts import (
    autosave,
    create_draft,
    discard_revision,
    start_revision,
)
from practices.services.files import attach, describe, move, remove
from practices.services.inviting import (
    accept_own,
    send_invitation,
    withdraw_invitation,
)
from practices.services.learning import (
    answer,
    ask_question,
    confirm_adoption,
    hold_back,
    interest,
    let_through,
    record_adoption,
    refuse_adoption,
    set_public_answers,
)
from practices.services.merging import Merged, merge
from practices.services.opinions import lower_grade, sign_opinion
from practices.services.publication import (
    archive,
    ask_revision,
    publish,
    publish_ripe,
    reopen,
    schedule,
    unschedule,
    withdraw,
)
from practices.services.reviewing import (
    approve,
    ask_changes,
    assign,
    decline,
    pass_completeness,
    resolve_comment,
    submit,
)
from practices.services.starter import load_starter_practices
from practices.services.storage import sweep_files
from practices.services.upkeep import (
    lapse_overdue,
    reconfirm,
    remind,
    request_due_reconfirmations,
    request_reconfirmation,
)
from practices.services.uploads import (
    Upload,
    queue_waiting,
    scan_attachment,
    upload,
)
from practices.services.versions import graded, keep_versions, record_version
from practices.services.work import content_in_work, content_with_files

__all__ = [
    "Merged",
    "Upload",
    "accept_invitation",
    "accept_own",
    "answer",
    "appoint_lead",
    "approve",
    "archive",
    "ask_changes",
    "ask_question",
    "ask_revision",
    "assign",
    "attach",
    "autosave",
    "confirm_adoption",
    "content_in_work",
    "content_with_files",
    "create_draft",
    "decline",
    "describe",
    "discard_revision",
    "find_invitation",
    "forget_author",
    "graded",
    "hold_back",
    "interest",
    "invite",
    "keep_versions",
    "lapse_overdue",
    "leave",
    "let_through",
    "load_starter_practices",
    "lower_grade",
    "merge",
    "move",
    "pass_completeness",
    "publish",
    "publish_ripe",
    "queue_waiting",
    "reconfirm",
    "record_adoption",
    "record_version",
    "refuse_adoption",
    "remind",
    "remove",
    "reopen",
    "request_due_reconfirmations",
    "request_reconfirmation",
    "resolve_comment",
    "scan_attachment",
    "schedule",
    "send_invitation",
    "set_public_answers",
    "sign_opinion",
    "start_revision",
    "submit",
    "sweep_files",
    "unschedule",
    "upload",
    "withdraw",
    "withdraw_invitation",
]
