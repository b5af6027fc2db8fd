"""The segments of a JPEG: what is about the image goes, the image stays. Pure."""

_START, _SCAN = b"\xff\xd8", 0xDA
# Comments, and all that applications wrote but JFIF (E0) and Adobe's colours (EE).
_DROPPED = {0xFE, *range(0xE1, 0xEE), 0xEF}
_BARE = {0x01, *range(0xD0, 0xD8)}  # markers without a length


def without_metadata(content: bytes) -> bytes:
    """The same pixels; bytes that are no JPEG come back as they are.

    >>> without_metadata(b"no image")
    b'no image'
    """
    if not content.startswith(_START):
        return content
    kept, at = [_START], 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == _SCAN:
            break
        if marker in _BARE or marker == 0xFF:
            length = 1 if marker == 0xFF else 2
        else:
            length = 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker not in _DROPPED:
            kept.append(content[at : at + length])
        at += length
    return b"".join([*kept, content[at:]])
