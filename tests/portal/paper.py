"""The words of a PDF that typst made: its strings are numbers of glyphs, and each font says which signs they stand for."""

import re
import zlib

STRING = re.compile(rb"\(((?:\\.|[^\\)])*)\)", re.DOTALL)
ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def words_of(pdf: bytes) -> str:
    """Every line of text, read with every font of the file: the right one gives its words. Fails on a file that holds none."""
    streams = list(_streams(pdf))
    fonts = [_font(one) for one in streams if b"begincmap" in one]
    lines = [line for one in streams for line in re.findall(rb"\[((?:\((?:\\.|[^\\)])*\)|[^\]\(])*)\]TJ", one, re.DOTALL)]
    assert fonts, "no font says what its glyphs are"
    assert lines, "no text"
    glyphs = [b"".join(_unescaped(string) for string in STRING.findall(line)) for line in lines]
    return "\n".join(" ".join(_read(one, font) for one in glyphs) for font in fonts)


def _streams(pdf: bytes) -> "list[bytes]":
    found = []
    for begin in re.finditer(rb"stream\r?\n", pdf):
        try:
            found.append(zlib.decompressobj().decompress(pdf[begin.end() :]))
        except zlib.error:  # a stream that is not compressed
            continue
    return found


def _font(cmap: bytes) -> dict[int, str]:
    pairs = re.findall(rb"^<([0-9A-F]{4})> <([0-9A-F]+)>$", cmap, re.MULTILINE)
    return {int(glyph, 16): bytes.fromhex(signs.decode()).decode("utf-16-be") for glyph, signs in pairs if glyph != b"0000"}


def _unescaped(string: bytes) -> bytes:
    def of(match: re.Match[bytes]) -> bytes:
        told = match.group(1)
        return bytes([int(told, 8)]) if told.isdigit() and len(told) == 3 else NAMED.get(told, told)

    return ESCAPE.sub(of, string)


def _read(glyphs: bytes, font: dict[int, str]) -> str:
    return "".join(font.get(int.from_bytes(glyphs[at : at + 2], "big"), "") for at in range(0, len(glyphs), 2))
