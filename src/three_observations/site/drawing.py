"""Write the pictures of charts with fewer bytes: what is drawn stays the same.

The converter writes every mark with all of its properties and its own group.  Here equal marks
are defined once and used many times, equal properties of neighbours are said once, groups that
only move what is inside are dissolved, and what draws nothing is left out.
Positions keep one decimal of a pixel.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from xml.etree import ElementTree

_NAMESPACE = "{http://www.w3.org/2000/svg}"
#: Properties that a group hands down, with the value where nobody names one.
_START = {
    "fill": "#000",
    "fill-opacity": "1",
    "stroke": "none",
    "stroke-width": "1",
    "stroke-opacity": "1",
    "stroke-dasharray": "none",
    "stroke-miterlimit": "4",
    "font-family": "",
    "font-size": "",
    "font-weight": "normal",
    "text-anchor": "start",
}
_FONT = ("font-family", "font-size", "font-weight", "text-anchor")
_STROKE = ("stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-miterlimit")
_KNOWN = {"svg", "g", "path", "line", "text", "rect", "clipPath", "defs", "title", "desc"}
_MOVE = re.compile(r"translate\((-?[\d.e-]+),(-?[\d.e-]+)\)")
_PIECE = re.compile(r"([A-Za-z])|(-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?)")
#: A mark that is drawn so often is defined once.
_OFTEN = 3


@dataclass
class _Leaf:
    """Something drawn: its tag, what only it has, and the properties that matter to it."""

    tag: str
    style: dict[str, str]
    place: tuple[float, float] = (0.0, 0.0)
    own: dict[str, str] = field(default_factory=dict)
    inside: str | list[_Leaf] = ""
    outline: str = ""
    digits: int = 1


class _UnknownError(Exception):
    """An element or a transformation that the pictures of charts do not use."""


def number(value: float, digits: int = 1) -> str:
    """Write a coordinate without what it does not need: ``0.50`` becomes ``.5``."""
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = re.sub(r"^(-?)0\.", r"\1.", text)
    return "0" if text in {"-0", "", "-"} else text


def _joined(values: Iterable[str]) -> str:
    text = ""
    for value in values:
        text += value if not text or value.startswith("-") else f",{value}"
    return text


def _move_of(element: ElementTree.Element) -> tuple[float, float]:
    text = element.get("transform")
    if text is None:
        return 0.0, 0.0
    found = _MOVE.fullmatch(text)
    if not found:
        raise _UnknownError(text)
    return float(found.group(1)), float(found.group(2))


# ----------------------------------------------------------------------------- outlines


def _relative(outline: str, place: tuple[float, float], digits: int = 1) -> str | None:
    """Move an outline of straight lines to its place and write it by steps; None for others."""
    pieces = [found.group() for found in _PIECE.finditer(outline)]
    if set(re.findall("[A-Za-z]", outline)) - set("MLZhv"):
        return None
    steps: list[str] = []
    numbers: list[str] = []
    exact = before = start = (0.0, 0.0)
    command, index = "", 0

    def put(letter: str, *values: float) -> None:
        if letter == "l" and 0 in values:
            if values == (0, 0):
                return
            letter, values = ("v", values[1:]) if values[0] == 0 else ("h", values[:1])
        written = [number(value, digits) for value in values]
        if letter == "l" and steps and steps[-1][0] == "l":
            numbers.extend(written)
            steps[-1] = "l" + _joined(numbers)
            return
        numbers[:] = written
        steps.append(letter + _joined(written))

    while index < len(pieces):
        if pieces[index].isalpha():
            command = pieces[index]
            index += 1
        if command == "Z":
            before = exact = start
            put("Z")
            continue
        if command in "hv":
            step = float(pieces[index])
            index += 1
            exact = (exact[0] + step, exact[1]) if command == "h" else (exact[0], exact[1] + step)
        else:
            exact = (place[0] + float(pieces[index]), place[1] + float(pieces[index + 1]))
            index += 2
        now = (round(exact[0], digits), round(exact[1], digits))
        if command == "M":
            put("M", *now)
            start = now
            command = "L"
        else:
            put("l", round(now[0] - before[0], digits), round(now[1] - before[1], digits))
        before = now
    return "".join(steps)


def _shape(outline: str) -> str:
    """Write the outline of a mark that stands at nought, with two decimals."""
    text = ""
    for letter, value in _PIECE.findall(outline):
        if letter:
            text += letter
        else:
            short = number(float(value), 2)
            text += short if text[-1:].isalpha() or short.startswith("-") else f",{short}"
    return text


# ----------------------------------------------------------------------------- reading


def _visible(style: dict[str, str]) -> tuple[bool, bool]:
    return style["fill"] != "none", style["stroke"] != "none"


def _leaf(
    element: ElementTree.Element, tag: str, style: dict[str, str], place: tuple[float, float]
) -> _Leaf | None:
    own = {key: value for key, value in element.attrib.items() if key not in _START}
    own.pop("transform", None)
    if own.pop("display", "") == "none":
        return None
    opacity = own.pop("opacity", "1")
    filled, drawn = _visible(style)
    if tag == "line":
        filled = False
        style = style | {"fill": "none"}
    if not filled and not drawn:
        return None
    if float(opacity) != 1:
        if filled and drawn:
            own["opacity"] = opacity
        else:
            key = "fill-opacity" if filled else "stroke-opacity"
            style = style | {key: number(float(style[key]) * float(opacity), 4)}
    wanted = {"fill"} | ({"fill-opacity"} if filled else set())
    wanted |= {"stroke"} | (set(_STROKE) if drawn else set())
    wanted |= set(_FONT) if tag == "text" else set()
    leaf = _Leaf(tag, {key: value for key, value in style.items() if key in wanted}, place, own)
    if tag == "line":
        across, down = (float(own.pop(key, "0")) for key in ("x2", "y2"))
        if own:
            raise _UnknownError(str(own))
        leaf.tag, leaf.outline = "path", f"M0,0L{across},{down}"
    elif tag == "path":
        leaf.outline = own.pop("d", "")
        if leaf.outline in {"", "M0,0h0v0h0Z"}:
            return None
    elif tag == "text":
        leaf.inside = escape("".join(element.itertext()), quote=False)
        if len(element):
            raise _UnknownError("text in parts")
    elif tag == "rect":
        for key, at in (("x", place[0]), ("y", place[1])):
            moved = number(float(own.pop(key, "0")) + at)
            if moved != "0":
                own[key] = moved
    return leaf


def _walk(
    element: ElementTree.Element, above: dict[str, str], place: tuple[float, float]
) -> Iterator[_Leaf]:
    for child in element:
        tag = child.tag.removeprefix(_NAMESPACE)
        if tag not in _KNOWN:
            raise _UnknownError(tag)
        style = above | {key: child.attrib[key] for key in _START if key in child.attrib}
        if tag == "g":
            across, down = _move_of(child)
            here = (place[0] + across, place[1] + down)
            known = {*_START, "transform", "clip-path"}
            if set(child.attrib) - known:
                raise _UnknownError(str(child.attrib))
            if "clip-path" not in child.attrib:
                yield from _walk(child, style, here)
                continue
            inner = list(_walk(child, style, (0.0, 0.0)))
            if inner:
                own = {"clip-path": child.attrib["clip-path"]}
                if here != (0, 0):
                    own["transform"] = f"translate({number(here[0], 2)},{number(here[1], 2)})"
                # An edge that is cut off elsewhere would show.
                for leaf in inner:
                    leaf.digits = 2
                yield _Leaf("g", {}, here, own, inner)
        elif tag in {"title", "desc"}:
            words = escape("".join(child.itertext()), quote=False)
            yield _Leaf(tag, {}, inside=words)
        elif tag in {"defs", "clipPath"}:
            text = ElementTree.tostring(child, encoding="unicode")
            text = re.sub(r' xmlns(:\w+)?="[^"]*"|(?<=[</])ns0:', "", text)
            yield _Leaf("raw", {}, inside=text)
        else:
            try:
                across, down = _move_of(child)
                leaf = _leaf(child, tag, style, (place[0] + across, place[1] + down))
            except _UnknownError:
                if tag != "text":
                    raise
                # A label that is turned keeps its transformation, moved to where it stands.
                leaf = _leaf(child, tag, style, (0.0, 0.0))
                if leaf:
                    moved = f"translate({number(place[0])},{number(place[1])}) "
                    leaf.own["transform"] = moved + child.attrib["transform"]
            if leaf:
                yield leaf


# ----------------------------------------------------------------------------- writing


def _attributes(pairs: dict[str, str]) -> str:
    return "".join(f' {key}="{escape(value)}"' for key, value in pairs.items())


def _differing(style: dict[str, str], above: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in style.items() if above.get(key, _START[key]) != value}


class _Writer:
    def __init__(self, leaves: list[_Leaf]) -> None:
        every = list(self._all(leaves))
        fonts = Counter(
            (leaf.style["font-family"], leaf.style["font-size"])
            for leaf in every
            if leaf.tag == "text"
        )
        family, size = fonts.most_common(1)[0][0] if fonts else ("", "")
        self.common = {"font-family": family, "font-size": size, "fill": "none"}
        limits = Counter(leaf.style.get("stroke-miterlimit") for leaf in every)
        limits.pop(None, None)
        if limits:
            self.common["stroke-miterlimit"] = limits.most_common(1)[0][0]
        counted = Counter(self._mark(leaf) for leaf in every if leaf.tag == "path")
        often = [mark for mark, count in counted.items() if mark and count >= _OFTEN]
        self.names = {mark: f"m{index}" for index, mark in enumerate(often)}

    def _all(self, leaves: list[_Leaf]) -> Iterator[_Leaf]:
        for leaf in leaves:
            if leaf.tag == "g":
                yield from self._all(leaf.inside)
            else:
                yield leaf

    @staticmethod
    def _mark(leaf: _Leaf) -> tuple | None:
        """Return what makes two marks the same; None for a line, which is short by itself."""
        if len(leaf.outline) < 24:
            return None
        return leaf.outline, tuple(leaf.style.items()), tuple(leaf.own.items())

    def definitions(self) -> str:
        marks = ""
        for (outline, style, own), name in self.names.items():
            said = _differing(dict(style), self.common) | dict(own)
            marks += f'<path id="{name}" d="{_shape(outline)}"{_attributes(said)}/>'
        return f"<defs>{marks}</defs>" if marks else ""

    def _one(self, leaf: _Leaf, above: dict[str, str]) -> str:
        across, down = leaf.place
        said = _differing(leaf.style, above) | leaf.own
        if leaf.tag == "rect":
            return f"<rect{_attributes(said)}/>"
        if leaf.tag == "text":
            if "transform" not in said:
                said = {"x": number(across), "y": number(down)} | said
            return f"<text{_attributes(said)}>{leaf.inside}</text>"
        # Rounded steps would move the dashes of a line along it.
        dashed = leaf.style.get("stroke-dasharray", "none") != "none"
        steps = _relative(leaf.outline, leaf.place, 2 if dashed else leaf.digits)
        if steps is None:
            move = {} if leaf.place == (0, 0) else {
                "transform": f"translate({number(across)},{number(down)})"
            }  # fmt: skip
            return f'<path d="{_shape(leaf.outline)}"{_attributes(move | said)}/>'
        return f'<path d="{steps}"{_attributes(said)}/>'

    def _kind(self, leaf: _Leaf) -> tuple:
        if leaf.tag in {"g", "raw", "title", "desc"}:
            return ("alone", id(leaf))
        if self._mark(leaf) in self.names:
            return ("use",)
        return (leaf.tag, *leaf.style.items())

    def write(self, leaves: list[_Leaf]) -> str:
        text = ""
        for kind, run in groupby(leaves, key=self._kind):
            text += self._run(kind, list(run))
        return text

    def _run(self, kind: tuple, run: list[_Leaf]) -> str:
        if kind[0] == "alone":
            (leaf,) = run
            if leaf.tag == "raw":
                return leaf.inside
            if leaf.tag == "g":
                inner = self.write(leaf.inside)
                return f"<g{_attributes(leaf.own)}>{inner}</g>"
            return f"<{leaf.tag}>{leaf.inside}</{leaf.tag}>"
        if kind[0] == "use":
            return "".join(
                f'<use href="#{self.names[self._mark(leaf)]}" '
                f'x="{number(leaf.place[0], leaf.digits)}" '
                f'y="{number(leaf.place[1], leaf.digits)}"/>'
                for leaf in run
            )
        said = _differing(run[0].style, self.common)
        if len(run) == 1 or not said:
            return "".join(self._one(leaf, self.common) for leaf in run)
        if kind[0] == "path" and (merged := _one_path(run)):
            return f'<path d="{merged}"{_attributes(said)}/>'
        inner = "".join(self._one(leaf, self.common | run[0].style) for leaf in run)
        return f"<g{_attributes(said)}>{inner}</g>"


def _one_path(run: list[_Leaf]) -> str:
    """Return straight lines of one look as one path, if that draws the same; else nothing."""
    style = run[0].style
    straight = all(re.fullmatch(r"M0,0L-?[\d.]+,-?[\d.]+", leaf.outline) for leaf in run)
    if not straight or any(leaf.own for leaf in run) or style["stroke-dasharray"] != "none":
        return ""
    if style["stroke-opacity"] != "1":
        # Where two of them cross, each is seen through the other.
        for axis, still in ((0, r"M0,0L-?0(\.0)?,-?[\d.]+"), (1, r"M0,0L-?[\d.]+,-?0(\.0)?")):
            if all(re.fullmatch(still, leaf.outline) for leaf in run):
                places = sorted(leaf.place[axis] for leaf in run)
                room = float(style["stroke-width"])
                if all(b - a >= room for a, b in zip(places, places[1:], strict=False)):
                    break
        else:
            return ""
    return "".join(_relative(leaf.outline, leaf.place) or "" for leaf in run)


def lean(svg: str) -> str:
    """Return a chart's picture with the same drawing and fewer bytes.

    Parameters
    ----------
    svg : str
        A picture of :func:`three_observations.charts.picture`.

    Returns
    -------
    str
        The picture as it came, if it holds something that no chart of the book has drawn so far.
    """
    root = ElementTree.fromstring(svg)
    try:
        leaves = list(_walk(root, dict(_START), (0.0, 0.0)))
    except _UnknownError:
        return svg
    writer = _Writer(leaves)
    kept = {
        key: root.attrib[key]
        for key in ("width", "height", "viewBox", "role")
        if key in root.attrib
    }
    words = [leaf for leaf in leaves if leaf.tag in {"title", "desc"}]
    rest = [leaf for leaf in leaves if leaf.tag not in {"title", "desc"}]
    common = {key: value for key, value in writer.common.items() if value}
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{_attributes(kept | common)}>'
        f"{writer.write(words)}{writer.definitions()}{writer.write(rest)}</svg>"
    )
