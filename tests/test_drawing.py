"""Lean pictures draw what the full ones draw; PNG files keep their picture with few colours."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import nbformat
import numpy as np
import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st

from three_observations import charts
from three_observations.site import drawing, pixels

ROOT = Path(__file__).resolve().parents[1]


def pictures() -> dict[str, str]:
    """Return every picture of a chart that a notebook holds."""
    found = {}
    for path in sorted((ROOT / "chapters").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", ()):
                forms = output.get("data", {})
                if charts.MIME_TYPE in forms:
                    name = forms[charts.MIME_TYPE]["usermeta"]["name"]
                    found[f"{path.stem}/{name}"] = forms["image/svg+xml"]
    return found


PICTURES = pictures()


def test_the_pictures_of_the_book_take_a_third_of_the_bytes() -> None:
    before = sum(map(len, PICTURES.values()))
    after = sum(len(drawing.lean(svg)) for svg in PICTURES.values())
    assert len(PICTURES) > 50
    assert after < before / 3


@pytest.mark.parametrize("name", PICTURES)
def test_a_lean_picture_draws_the_same(name: str) -> None:
    svg = PICTURES[name]
    lean = drawing.lean(svg)
    assert lean != svg  # nothing in it was unknown
    for tag in ("title", "desc"):
        words = re.search(rf"<{tag}>.*?</{tag}>", svg, re.S).group()
        assert words in lean
    assert re.findall(r">([^<]+)</text>", lean) == re.findall(r">([^<]+)</text>", svg)
    full, thin = (
        pixels.read(vl_convert.svg_to_png(text, scale=0.6)).astype(int) for text in (svg, lean)
    )
    assert full.shape == thin.shape
    distance = np.abs(full - thin)
    # Marks may lie a twentieth of a pixel aside, which shows at the edges of some.
    assert distance.mean() < 0.7
    assert (distance.max(axis=2) > 96).mean() < 1e-4


FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40" viewBox="0 0 60 40">'
    '<g fill="none" stroke-miterlimit="10">{}</g></svg>'
)


def test_neighbours_that_look_alike_become_one_path() -> None:
    line = '<line transform="translate({},0)" x2="0" y2="30" stroke="#145089" stroke-width="1"/>'
    lean = drawing.lean(FRAME.format("".join(line.format(x) for x in (1, 5.55, 9))))
    assert lean.count("<path") == 1 and 'd="M1,0v30M5.5,0v30M9,0v30"' in lean.replace("5.6", "5.5")


def test_lines_that_are_seen_through_each_other_stay_apart() -> None:
    line = (
        '<line transform="translate({},{})" x2="{}" y2="{}" stroke="#145089" opacity="0.3" '
        'stroke-width="2"/>'
    )
    cross = line.format(0, 10, 30, 0) + line.format(10, 0, 0, 30)
    assert drawing.lean(FRAME.format(cross)).count("<path") == 2
    close = line.format(10, 0, 0, 30) + line.format(11, 0, 0, 30)
    assert drawing.lean(FRAME.format(close)).count("<path") == 2
    apart = line.format(10, 0, 0, 30) + line.format(13, 0, 0, 30)
    assert drawing.lean(FRAME.format(apart)).count("<path") == 1


def test_a_mark_that_stands_often_is_defined_once_and_keeps_its_look() -> None:
    dot = (
        '<path transform="translate({},5)" d="M1.871,0A1.871,1.871,0,1,1,-1.871,0'
        'A1.871,1.871,0,1,1,1.871,0" fill="{}" opacity="0.9"/>'
    )
    dots = "".join(dot.format(x, "#145089") for x in (1, 2, 3)) + dot.format(4, "#b33c00")
    lean = drawing.lean(FRAME.format(dots))
    assert lean.count("<use ") == 3 and lean.count("A1.87,1.87") == 4
    assert '<use href="#m0" x="2" y="5"/>' in lean
    assert lean.count('fill-opacity=".9"') == 2


def test_what_draws_nothing_is_left_out() -> None:
    idle = '<path d="M0,0h10v10h-10Z"/><g><path d="" display="none" fill="#145089"/></g>'
    assert "<path" not in drawing.lean(FRAME.format(idle))


@pytest.mark.parametrize(
    "strange",
    [
        '<image x="1"/>',
        '<g transform="scale(2)"><path d="M0,0L1,1" stroke="#145089"/></g>',
        '<g filter="url(#x)"><path d="M0,0L1,1" stroke="#145089"/></g>',
        '<text fill="#145089"><tspan>a</tspan></text>',
    ],
)
def test_a_picture_with_something_unknown_stays_as_it_is(strange: str) -> None:
    svg = FRAME.format(strange)
    assert drawing.lean(svg) == svg


@given(st.floats(-1e4, 1e4), st.integers(0, 3))
def test_a_coordinate_is_written_short_and_true(value: float, digits: int) -> None:
    text = drawing.number(value, digits)
    assert abs(float(text) - value) <= 0.5001 * 10.0**-digits
    assert not re.search(r"^-?0\.|\.\d*0$|\.$|^-0$", text)


# -------------------------------------------------------------------------------------- pixels


def png(table: np.ndarray, filters: int = 0) -> bytes:
    """Write a table of pixels as a PNG file by the plainest of means."""
    height, width, channels = table.shape
    rows = b""
    for row in table:
        line = row.astype(int).copy()
        if filters == 1:
            line[1:] -= row[:-1].astype(int)
        rows += bytes([filters]) + (line % 256).astype(np.uint8).tobytes()
    chunks = b"\x89PNG\r\n\x1a\n"
    head = struct.pack(">IIBBBBB", width, height, 8, {3: 2, 4: 6}[channels], 0, 0, 0)
    for kind, content in ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")):
        chunks += struct.pack(">I", len(content)) + kind + content
        chunks += struct.pack(">I", zlib.crc32(kind + content))
    return chunks


@pytest.mark.parametrize("filters", [0, 1])
@pytest.mark.parametrize("channels", [3, 4])
def test_the_pixels_of_a_file_are_read(filters: int, channels: int) -> None:
    table = np.random.default_rng(1).integers(0, 256, (7, 11, channels)).astype(np.uint8)
    assert np.array_equal(pixels.read(png(table, filters)), table)


def decoded(picture: bytes) -> np.ndarray:
    """Read a picture with a list of colours as this book writes it: one row after the other."""
    place, parts = 8, {}
    while place < len(picture):
        length, kind = struct.unpack(">I4s", picture[place : place + 8])
        parts[kind] = picture[place + 8 : place + 8 + length]
        assert (
            zlib.crc32(kind + parts[kind])
            == struct.unpack(">I", picture[place + 8 + length : place + 12 + length])[0]
        )
        place += 12 + length
    width, height, bits, colour = struct.unpack(">IIBB", parts[b"IHDR"][:10])
    assert colour == 3
    palette = np.frombuffer(parts[b"PLTE"], np.uint8).reshape(-1, 3)
    rows = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(height, -1)
    assert not rows[:, 0].any()
    index = rows[:, 1:]
    if bits == 4:
        index = np.stack([index >> 4, index & 15], axis=2).reshape(height, -1)
    return palette[index[:, :width]]


@pytest.mark.parametrize("count", [3, 16, 17, 200])
def test_a_picture_of_few_colours_keeps_every_one(count: int) -> None:
    generator = np.random.default_rng(count)
    colours = generator.integers(0, 256, (count, 3)).astype(np.uint8)
    table = colours[generator.integers(0, count, (9, 31))]
    assert np.array_equal(decoded(pixels.with_few_colours(png(table), 256)), table)


def test_a_picture_of_many_colours_takes_the_nearest() -> None:
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2).repeat(4, axis=0)
    short = decoded(pixels.with_few_colours(png(ramp), 32)).astype(int)
    assert len(np.unique(short)) == 32
    assert np.abs(short - ramp).max() <= 8


def test_a_file_of_another_kind_is_refused() -> None:
    table = np.zeros((2, 2, 4), np.uint8)
    with pytest.raises(ValueError, match="look through"):
        pixels.with_few_colours(png(table))
    with pytest.raises(ValueError, match="no PNG"):
        pixels.read(b"GIF89a")
    with pytest.raises(ValueError, match="row above"):
        pixels.read(png(table, 2))
