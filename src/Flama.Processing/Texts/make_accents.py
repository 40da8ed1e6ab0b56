"""Writes accents.bin: what is left of a code point after NFD without nonspacing marks (category Mn), as BERT's tokenizers strip accents.

One record a code point that changes, in rising order: the distance from the one before, the number of code points that are left, and
these, as unsigned LEB128 integers; the whole deflated (raw). Hangul syllables are left out, since their decomposition is arithmetic.
The data are those of the Python that runs this (checked in: Unicode 14, Python 3.11).
"""

import pathlib
import unicodedata
import zlib


def leb128(value):
    out = bytearray()
    while value >= 128:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


records = bytearray()
previous = 0
for code_point in range(0x110000):
    if 0xD800 <= code_point < 0xE000 or 0xAC00 <= code_point <= 0xD7A3:
        continue
    left = "".join(c for c in unicodedata.normalize("NFD", chr(code_point)) if unicodedata.category(c) != "Mn")
    if left != chr(code_point):
        records += leb128(code_point - previous) + leb128(len(left)) + b"".join(leb128(ord(c)) for c in left)
        previous = code_point

compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
pathlib.Path(__file__).with_name("accents.bin").write_bytes(compressor.compress(bytes(records)) + compressor.flush())
