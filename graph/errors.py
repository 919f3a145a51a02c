"""Every error Gongkai raises on purpose.

    GongkaiError                 says what, where, why and what to do next; carries a `code`
    ├── InputRefused             a document cannot become a report; nothing was changed
    ├── UsageError               the caller asked for something that cannot be asked
    │   ├── QueryRefused         a GraphQL operation breaks a limit or a rule
    │   └── CursorRefused        an `after` or `before` that no page of this list gave out
    ├── NotFound                 a named report, store or node does not exist
    ├── Ambiguous                a name that several nodes have
    ├── ServerUnreachable        a server of Gongkai does not answer
    ├── AnswerRefused            a server of Gongkai refused what a client asked
    └── StoreError               the store cannot serve
        ├── StoreVersionMismatch the file has another version of the schema
        ├── StoreCorrupt         the file is no store, or a damaged one
        ├── StoreBusy            another writer holds the store
        ├── StoreUnavailable     no server answers, or it has no such database
        ├── StoreAccessRefused   the server does not take this user, or not for this
        ├── StoreReadOnly        the store may be read only
        └── StoreTimeout         a query ran longer than its limit

`code` is stable and meant for programs: the CLI prints it in `--json`, GraphQL in
`extensions.code`. Messages are for people and may be reworded.
"""

from typing import Any


class GongkaiError(Exception):
    """Base of all refusals. `message` may be shown to anyone: it holds no internals."""

    code = "ERROR"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class InputRefused(GongkaiError):
    """A document that is not loaded. `code` names the reason (see `loaders/refusals.py`)."""

    code = "INPUT_REFUSED"


class UsageError(GongkaiError):
    code = "BAD_USAGE"


class QueryRefused(UsageError):
    code = "QUERY_REFUSED"


class CursorRefused(UsageError):
    code = "BAD_CURSOR"


class NotFound(GongkaiError):
    code = "NOT_FOUND"


class Ambiguous(GongkaiError):
    code = "AMBIGUOUS"


class ServerUnreachable(GongkaiError):
    code = "SERVER_UNREACHABLE"


class AnswerRefused(GongkaiError):
    """`code`: of the first error; `errors`: all of them, as GraphQL answers."""

    code = "ANSWER_REFUSED"

    def __init__(self, message: str, *, code: str, errors: list[dict[str, Any]]) -> None:
        super().__init__(message, code=code)
        self.errors = errors


class StoreError(GongkaiError):
    code = "STORE_ERROR"


class StoreVersionMismatch(StoreError):
    code = "STORE_VERSION"


class StoreCorrupt(StoreError):
    code = "STORE_CORRUPT"


class StoreBusy(StoreError):
    code = "STORE_BUSY"


class StoreUnavailable(StoreError):
    code = "STORE_UNAVAILABLE"


class StoreAccessRefused(StoreError):
    code = "STORE_ACCESS_REFUSED"


class StoreReadOnly(StoreError):
    code = "STORE_READ_ONLY"


class StoreTimeout(StoreError):
    code = "TIMEOUT"
