"""What a page shows where it is shared: a picture of its first chart below its title."""

from __future__ import annotations

import re
from html import escape

import vl_convert

from three_observations import charts
from three_observations.site import pixels

WIDTH, HEIGHT = 1200, 630
#: The file is smaller than the drawing: enough for what shows it, and half the bytes.
SCALE = 2 / 3
#: More add nothing that anybody sees.
COLOURS = 16
_EDGE = 48
_FONT = 'font-family="Liberation Sans, Arial, sans-serif"'
#: Width of a letter in parts of the size of the font, on the safe side.
_LETTER = 0.56


def _lines(text: str, size: int, most: int) -> list[str]:
    """Break words into lines that fit; the last one ends in dots when something is left over."""
    room = int((WIDTH - 2 * _EDGE) / (size * _LETTER))
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip(",;:") + " \N{HORIZONTAL ELLIPSIS}"]
    return lines


def card(book: str, title: str, words: str, svg: str = "") -> str:
    """Return the picture as SVG.

    Parameters
    ----------
    book, title : str
        Stand at the top.
    words : str
        Stand below when there is no chart.
    svg : str
        A chart's picture.
    """
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{charts.PAPER}"/>',
        f'<rect width="{WIDTH}" height="10" fill="{charts.BLUE}"/>',
    ]
    y = 62 if svg else 150

    def write(text: str, size: int, colour: str, weight: str = "normal") -> None:
        parts.append(
            f'<text x="{_EDGE}" y="{y}" {_FONT} font-size="{size}" font-weight="{weight}" '
            f'fill="{colour}">{escape(text, quote=False)}</text>'
        )

    if title != book:
        write(book, 24, charts.GREY)
        y += 52
    for line in _lines(title, 44, 2):
        write(line, 44, charts.INK, "bold")
        y += 52
    if svg:
        width, height = (
            float(re.search(rf'<svg[^>]*\b{side}="([\d.]+)"', svg).group(1))
            for side in ("width", "height")
        )
        room = HEIGHT - y - 4
        scale = min((WIDTH - 2 * _EDGE) / width, room / height)
        head, _, rest = svg.partition(">")
        head = re.sub(r'\s(?:width|height|x|y)="[^"]*"', "", head)
        left = (WIDTH - scale * width) / 2
        parts.append(
            f'{head} x="{left:.1f}" y="{y - 20}" width="{scale * width:.1f}" '
            f'height="{scale * height:.1f}">{rest}'
        )
    else:
        for line in _lines(words, 30, 8):
            y += 42
            write(line, 30, charts.INK)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">{"".join(parts)}</svg>'
    )


def preview(book: str, title: str, words: str, svg: str = "") -> bytes:
    """Return the picture as PNG; parameters are those of :func:`card`."""
    return pixels.with_few_colours(
        vl_convert.svg_to_png(card(book, title, words, svg), scale=SCALE), COLOURS
    )
