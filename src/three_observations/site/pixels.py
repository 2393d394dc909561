"""PNG files as tables of pixels, and with few colours: the same picture in a sixth of the bytes."""

from __future__ import annotations

import struct
import zlib

import numpy as np

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: Channels of a pixel by the colour type of the file.
_CHANNELS = {2: 3, 6: 4}


def read(png: bytes) -> np.ndarray:
    """Return the pixels of a PNG file, as the converter writes them.

    Parameters
    ----------
    png : bytes
        Eight bits a channel, not interlaced, rows as they are or as differences to the left.

    Returns
    -------
    numpy.ndarray of uint8, shape (height, width, 3 or 4)

    Raises
    ------
    ValueError
        If the file is of another kind.
    """
    if not png.startswith(_SIGNATURE):
        raise ValueError("these bytes are no PNG file")
    place, packed, head = len(_SIGNATURE), b"", b""
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        content = png[place + 8 : place + 8 + length]
        head = content if kind == b"IHDR" else head
        packed += content if kind == b"IDAT" else b""
        place += 12 + length
    width, height, depth, colour, *_, interlaced = struct.unpack(">IIBBBBB", head)
    if depth != 8 or colour not in _CHANNELS or interlaced:
        raise ValueError(f"a PNG file of {depth} bits and colour type {colour} is not read here")
    channels = _CHANNELS[colour]
    rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, 1 + channels * width)
    filters, rows = rows[:, 0], rows[:, 1:].reshape(height, width, channels)
    if filters.max(initial=0) > 1:
        raise ValueError("a PNG file whose rows build on the row above is not read here")
    # A sum of bytes that runs over is what the format asks for.
    summed = np.cumsum(rows, axis=1, dtype=np.uint8)
    return np.where((filters == 1)[:, None, None], summed, rows)


def _chunk(kind: bytes, content: bytes) -> bytes:
    end = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + end


def with_few_colours(png: bytes, colours: int = 32) -> bytes:
    """Return the same picture from a short list of its most frequent colours.

    Every pixel takes the nearest colour of the list. The pictures of charts are made of a few
    colours and the steps between them at the edges of letters and lines.

    Parameters
    ----------
    png : bytes
        What :func:`read` reads; must not be transparent.
    colours : int, default 32
        At most 256.

    Returns
    -------
    bytes
        A PNG file; the same bytes for the same picture.
    """
    pixels = read(png)
    height, width, channels = pixels.shape
    if channels == 4 and pixels[:, :, 3].min() < 255:
        raise ValueError("a picture that one can look through keeps its colours")
    flat = pixels[:, :, :3].reshape(-1, 3).astype(np.uint32)
    key = flat[:, 0] << 16 | flat[:, 1] << 8 | flat[:, 2]
    found, inverse, counts = np.unique(key, return_inverse=True, return_counts=True)
    table = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1).astype(np.int32)
    palette = _palette(table, counts, colours)
    distance = ((table[:, None, :] - palette[None, :, :]) ** 2).sum(axis=2)
    index = distance.argmin(axis=1).astype(np.uint8)[inverse].reshape(height, width)
    bits = 4 if len(palette) <= 16 else 8
    if bits == 4:
        index = np.pad(index, ((0, 0), (0, width % 2)))
        index = index[:, 0::2] << 4 | index[:, 1::2]
    rows = np.concatenate([np.zeros((height, 1), np.uint8), index], axis=1)
    head = struct.pack(">IIBBBBB", width, height, bits, 3, 0, 0, 0)
    return b"".join(
        [
            _SIGNATURE,
            _chunk(b"IHDR", head),
            _chunk(b"PLTE", palette.astype(np.uint8).tobytes()),
            _chunk(b"IDAT", zlib.compress(rows.tobytes(), 9)),
            _chunk(b"IEND", b""),
        ]
    )


def _palette(table: np.ndarray, counts: np.ndarray, colours: int) -> np.ndarray:
    """Choose colours one by one: each is the one that most pixels miss most."""
    chosen = [int(counts.argmax())]
    nearest = ((table - table[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < min(colours, len(table)):
        # A tie falls to the smaller colour, so that the choice is the same everywhere.
        following = int((nearest * counts).argmax())
        if nearest[following] == 0:
            break
        chosen.append(following)
        nearest = np.minimum(nearest, ((table - table[following]) ** 2).sum(axis=1))
    return table[np.sort(chosen)]
