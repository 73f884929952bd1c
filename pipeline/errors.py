"""Errors, named by what they mean for the run.

WorldbriefError            exit_code
|-- ConfigError            2  before any model loads: bad option, file, key or value
|-- BackendError           1  a model cannot load or answer: the run stops, finished work is kept
|-- NothingToSend          3  the issue has no articles: a quiet day, and no fault
|-- PublishError           1  an issue could not be handed over: what arrived is in the journal
`-- ArticleError           1  one article cannot be done: recorded with its kind, the others go on
    |-- Refused            1  the article is not for us (empty, binary, no text in it): counted apart
    `-- Held               1  it was refused or failed before and is not tried again

Only `pipeline.cli.app` turns an error into a message and an exit status.
"""


class WorldbriefError(Exception):
    """Any error worldbrief raises on purpose; its message is written for the user."""

    exit_code = 1


class ConfigError(WorldbriefError):
    """The configuration or the command line is wrong; nothing was started.

    The message says which file and key, what is wrong and, where one can be named, the nearest valid word.
    """

    exit_code = 2


class BackendError(WorldbriefError):
    """A model or engine failed in a way that would fail every article."""


class NothingToSend(WorldbriefError):
    """The issue says that nothing new came; whoever publishes every day has nothing to do."""

    exit_code = 3


class PublishError(WorldbriefError):
    """A target did not take the issue; the message says whether anything arrived and what to do."""


class ModelMissing(BackendError):
    """No installed model can do the work; the message names the command that gets one."""


class ModelDamaged(BackendError):
    """A file of an installed model is missing or altered; the message names it and the command that repairs it."""


class ArticleError(WorldbriefError):
    """One article failed in one stage.

    Args:
        kind: a short stable word for the report, such as "unreadable" or "too-large".
        message: what is wrong and what to do, in one sentence.
    """

    status = "failed"

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


class Refused(ArticleError):
    """The input holds no article we could use; not a fault of the run."""

    status = "refused"


class Held(ArticleError):
    """The article was refused or failed before and is not tried again; or the user wants no word of it.

    Args:
        status: how it ended then.
        since: when it first ended so.
        is_dropped: whether the user wants no word of it.
    """

    def __init__(self, kind: str, message: str, status: str, since: str, *, is_dropped: bool) -> None:
        super().__init__(kind, message)
        self.status = status
        self.since = since
        self.is_dropped = is_dropped
