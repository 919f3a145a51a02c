"""Why a document is not read: the codes, and the one way to say so.

Every message names the file, the reason and what to do about it. Codes are stable: programs read
them from `gongkai load --json` and `gongkai extract --json`.
"""

from gongkai.graph.errors import InputRefused

EMPTY = "EMPTY_FILE"
BINARY = "BINARY_CONTENT"
FORMAT_NOT_READ = "FORMAT_NOT_READ"
ENCRYPTED = "ENCRYPTED"
DAMAGED = "DAMAGED_FILE"
TOO_LARGE = "TOO_LARGE"
TOO_COMPLEX = "TOO_COMPLEX"
UNREADABLE_ENCODING = "UNREADABLE_ENCODING"

MAX_BYTES = 100 * 1024 * 1024
MAX_MARKUP = 10_000_000  # characters of a page with its tags and embedded pictures
MAX_TEXT = 500_000  # characters of the report itself


def refuse(code: str, name: str, reason: str, advice: str) -> InputRefused:
    """The refusal of the file called `name`, to be raised."""
    return InputRefused(f"{name}: {reason}. {advice}", code=code)


def check_size(size: int, name: str) -> None:
    """Refuse a file of `size` bytes before anything of it is read, if it is too large."""
    if size > MAX_BYTES:
        raise refuse(
            TOO_LARGE,
            name,
            f"the file has {size / 1024**2:.1f} MB; {MAX_BYTES // 1024**2} MB are allowed",
            "Save the report alone, without pictures and attachments.",
        )
