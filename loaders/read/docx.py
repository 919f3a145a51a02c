"""DOCX: a Word document becomes HTML, with its spans, and is read as such.

What Word shows and does not store as text, such as automatic numbers before headings, is not read.
"""

import io
import zipfile
from dataclasses import replace

from ..document import Document
from ..refusals import DAMAGED, TOO_LARGE, refuse
from .decode import Decoded
from .html import read_html

_MAIN_PART = "word/document.xml"
_MAX_UNPACKED = 200 * 1024 * 1024
_MAX_MAIN_PART = 50 * 1024 * 1024  # a report with its tables has some 1 MB of XML


def read_docx(data: bytes, name: str) -> Document:
    """Raises InputRefused when the archive is damaged or unpacks to something absurdly large."""
    import mammoth  # slow to import

    _check_archive(data, name)
    without_pictures = mammoth.images.img_element(lambda _: {"src": ""})
    try:
        page = mammoth.convert_to_html(io.BytesIO(data), convert_image=without_pictures).value
    except Exception as error:
        # Whatever stands in the XML of a stranger's file sets off here.
        raise _damaged(name) from error
    return replace(read_html(Decoded(page, "utf-8"), name), format="docx")


def _check_archive(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {part.filename: part.file_size for part in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _damaged(name) from error
    if _MAIN_PART not in sizes:
        raise _damaged(name)
    if sum(sizes.values()) > _MAX_UNPACKED or sizes[_MAIN_PART] > _MAX_MAIN_PART:
        reason = "the Word document unpacks to far more than a report has"
        raise refuse(TOO_LARGE, name, reason, "Save the report alone, without pictures.")


def _damaged(name: str) -> Exception:
    reason = "the Word document (DOCX) is damaged"
    return refuse(DAMAGED, name, reason, "Open it in Word or LibreOffice and save it again.")
