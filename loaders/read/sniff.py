"""What kind of file this is, by its content first and its name second."""

import re

from ..refusals import BINARY, ENCRYPTED, FORMAT_NOT_READ, refuse

# Signatures at offset 0, and what people call the kind.
_FOREIGN = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"RIFF", "a RIFF media file"),
    (b"\0\0\1\0", "an icon"),
    (b"ID3", "an MP3 file"),
    (b"OggS", "an Ogg media file"),
    (b"\x1aE\xdf\xa3", "a Matroska video"),
    (b"\x7fELF", "a program (ELF)"),
    (b"MZ", "a Windows program"),
    (b"\xca\xfe\xba\xbe", "a compiled program"),
    (b"\xcf\xfa\xed\xfe", "a program (Mach-O)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)
_SHORT_SIGNATURES = (b"BM", b"MZ", b"ID3", b"BZh", b"RIFF", b"OggS")
# Documents that a report may come in; the last three have no reader.
_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS_DOCX = "Open it in Word or LibreOffice, save it as DOCX and load that file."
_MHTML = re.compile(rb"\A(?:[\w-]+:[^\n]*\n){0,10}content-type:\s*multipart/related", re.I)

_HTML_DOCUMENT = re.compile(
    r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_HTML_BLOCK = re.compile(
    r"<(?:p|div|table|tr|td|br|body|span|pre|ul|li|center|section|article|h[1-6])\b[^<>]*>", re.I
)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\|?\s*:?-{3,}:?\s*\|)|\*\*\S[^*\n]*\*\*", re.M)
_HTML_NAMES = (".html", ".htm", ".shtml", ".xhtml", ".jsp", ".asp", ".aspx", ".php")
_MARKDOWN_NAMES = (".md", ".markdown", ".mdown")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL = 0.01
_SAMPLE = 200_000


def packed_format_of(data: bytes) -> str | None:
    """`pdf` or `docx`, which are no text; None for what may be one."""
    if _PDF in data[:1024]:
        return "pdf"
    is_word = b"word/" in data[:100_000] or b"word/" in data[-100_000:]
    return "docx" if data.startswith(_ZIP) and is_word else None


def refuse_foreign(data: bytes, name: str) -> None:
    """Raise InputRefused for what is not text in any encoding, whatever its name."""
    if data.startswith(_RTF):
        raise _not_read(name, "an RTF document", _SAVE_AS_DOCX)
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            reason = "the Word or Excel document is encrypted"
            raise refuse(ENCRYPTED, name, reason, "Save it without a password.")
        raise _not_read(name, "an old Word or Excel document", _SAVE_AS_DOCX)
    if _MHTML.match(data[:4096]):
        raise _not_read(name, "a web archive (MHTML)", "Save the page as HTML and load that file.")
    if data.startswith(_ZIP):
        raise _foreign(name, "a ZIP archive")
    for signature, kind in _FOREIGN:
        if data.startswith(signature):
            if signature in _SHORT_SIGNATURES and _is_printable(data[:64]):
                continue
            raise _foreign(name, kind)
    if data[4:8] == b"ftyp":
        raise _foreign(name, "a video")


def refuse_control_characters(text: str, name: str) -> None:
    """Raise InputRefused for decoded content that is no text after all."""
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > _MAX_CONTROL * len(sample):
        raise _foreign(name, "binary data")


def format_of(text: str, name: str) -> str:
    """`html`, `markdown` or `text`."""
    lowered = name.lower()
    if _HTML_DOCUMENT.match(text):
        return "html"
    if lowered.endswith(_MARKDOWN_NAMES):
        return "markdown"
    tags = len(_HTML_BLOCK.findall(text[:_SAMPLE]))
    if tags >= 3 or (tags and lowered.endswith(_HTML_NAMES)):
        return "html"
    return "markdown" if _MARKDOWN.search(text[:_SAMPLE]) else "text"


def _is_printable(head: bytes) -> bool:
    return all(byte >= 32 or byte in b"\t\r\n" for byte in head)


def _not_read(name: str, kind: str, advice: str) -> Exception:
    return refuse(FORMAT_NOT_READ, name, f"this is {kind}, which is not read", advice)


def _foreign(name: str, kind: str) -> Exception:
    return refuse(
        BINARY,
        name,
        f"this is {kind}, not a report",
        "Load the report itself, as HTML, Markdown, text, PDF or DOCX.",
    )
