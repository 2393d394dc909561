"""Words, tables and cards: figures with the digits they carry, readable for everyone."""

from __future__ import annotations

import math
import re
from datetime import date
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from three_observations import data, display
from three_observations.claims import Outcome, Verdict


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """What a cell displayed: one dictionary of media types for each output."""
    outputs: list[dict[str, str]] = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: outputs.append(bundle))
    return outputs


class Tree(HTMLParser):
    """The tags of a piece of HTML with their attributes, and the text of each kind of tag."""

    EMPTY = {"br", "img", "input", "hr"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attributes: list) -> None:
        self.tags.append((tag, dict(attributes)))
        self.words.setdefault(tag, []).append("")
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, text: str) -> None:
        for tag in set(self.open):
            self.words[tag][-1] += text

    def having(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        return [
            found
            for name, found in self.tags
            if name == tag and all(found.get(key) == value for key, value in attributes.items())
        ]


# ------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (display.number(12345.6), "12,300"),
        (display.number(0.012345), "0.0123"),
        (display.number(1500), "1,500"),
        (display.number(2.0), "2"),
        (display.number(-3.14159), "−3.14"),
        (display.number(0), "0"),
        (display.number(1.23e-12), "1.23e−12"),
        (display.number(math.nan), "–"),
        (display.number(-math.inf), "−infinity"),
        (display.fold(12.34), "12x"),
        (display.fold(1.26), "1.3x"),
        (display.fold(150.2), "150x"),
        (display.fold(143.4), "143x"),
        (display.fold(math.nan), "–"),
        (display.percent(0.123), "12%"),
        (display.percent(1), "100%"),
        (display.percent(1.25), "125%"),
        (display.percent(0.0049), "0.49%"),
        (display.percent(math.nan), "–"),
        (display.money(2.5), "$2.50"),
        (display.money(30), "$30"),
        (display.money(0.075), "$0.075"),
        (display.money(0.15), "$0.15"),
        (display.money(1.23e9), "$1.23 billion"),
        (display.money(-4e6), "−$4 million"),
        (display.money(999_600), "$999,600"),
        (display.money(14.5, "¥"), "¥14.50"),
        (display.signed(1.234), "+1.2"),
        (display.signed(-1.234), "−1.2"),
        (display.signed(0), "0"),
        (display.interval(8, 15.2, display.fold), "8x to 15x"),
        (display.count(1, "model"), "1 model"),
        (display.count(1200, "model"), "1,200 models"),
        (display.count(2, "entry", "entries"), "2 entries"),
        (display.day("2023-03-04"), "4 March 2023"),
        (display.month(date(2023, 3, 14)), "March 2023"),
    ],
)
def test_a_number_in_words(text: str, expected: str) -> None:
    assert text == expected


@given(st.floats(min_value=1e-6, max_value=1e12))
def test_a_written_number_can_be_read_back(value: float) -> None:
    text = display.number(value, 3)
    assert float(text.replace(",", "").replace("−", "-")) == pytest.approx(value, rel=0.0051)
    assert display.number(-value, 3) == f"−{text}"


# --------------------------------------------------------------------------------------- words


def test_say_shows_markdown_in_which_money_is_no_formula(shown: list) -> None:
    display.say("""
        From $30 to $0.15, and $x^2$
        stays a formula.
    """)
    assert shown == [
        {
            "text/markdown": "From <span>\\$</span>30 to <span>\\$</span>0.15, and $x^2$\n"
            "stays a formula.",
            "text/plain": "From $30 to $0.15, and $x^2$\nstays a formula.",
        }
    ]


@pytest.mark.parametrize("figure", ["nan", "nanx", "None", "inf", "NaT", "<NA>"])
def test_say_refuses_a_figure_that_came_out_as_nothing(figure: str) -> None:
    with pytest.raises(ValueError, match="came out as"):
        display.say(f"It fell {figure} in a year.")


def test_say_does_not_mistake_a_word_for_a_missing_figure(shown: list) -> None:
    display.say("Finance, information and nano-technology. None-the-less.")
    assert len(shown) == 1
    with pytest.raises(ValueError, match="no words"):
        display.say("  \n ")


# -------------------------------------------------------------------------------------- tables


@pytest.fixture
def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "claim": ["001-07", "002-08"],
            "day": pd.to_datetime(["2023-03-14", None]),
            "price": [0.15, 30.0],
            "rows": [1200, -3],
            "year": [2023, 2024],
            "open": [True, False],
            "note": ["<b> & co", None],
            "address": ["https://www.example.org/a?b=1&c=2", None],
        },
        index=[7, 9],
    )


def test_a_table_tells_a_screen_reader_what_each_cell_belongs_to(
    shown: list, frame: pd.DataFrame
) -> None:
    display.table(frame, "Some rows, in US$", row_anchor="claim")
    tree = Tree(shown[0]["text/html"])
    assert tree.words["caption"] == ["Some rows, in US$"]
    assert len(tree.having("th", scope="col")) == len(frame.columns)
    assert [row["id"] for row in tree.having("tr")[1:]] == ["claim-001-07", "claim-002-08"]
    assert len(tree.having("th", scope="row")) == len(frame)
    assert all(word.strip() for word in tree.words["th"])
    (container,) = tree.having("div", role="group", tabindex="0")
    assert container["aria-label"] == "Some rows, in US$"


def test_a_table_writes_each_kind_of_cell_as_a_reader_expects(
    shown: list, frame: pd.DataFrame
) -> None:
    display.table(frame, "Some rows")
    first, second = Tree(shown[0]["text/html"]).words["tr"][1:]
    assert first == "001-072023-03-140.151,2002023yes<b> & coexample.org"
    assert second == "002-08–30.00−32024no––"
    assert 'href="https://www.example.org/a?b=1&amp;c=2"' in shown[0]["text/html"]
    assert "<b>" not in shown[0]["text/html"]


def test_a_column_of_numbers_has_the_same_decimals_all_the_way_down(shown: list) -> None:
    display.table(pd.DataFrame({"share": [0.0, 0.05, 0.5]}), "Shares")
    display.table(pd.DataFrame({"wide": [0.00123, 45678.9]}), "Far apart")
    assert Tree(shown[0]["text/html"]).words["tr"][1:] == ["0.00", "0.05", "0.50"]
    assert Tree(shown[1]["text/html"]).words["tr"][1:] == ["0.00123", "45,700"]


def test_columns_are_chosen_named_ordered_and_formatted(shown: list, frame: pd.DataFrame) -> None:
    display.table(
        frame,
        "Prices",
        columns={"price": "US$", "claim": "Claim"},
        formats={"price": display.money},
    )
    tree = Tree(shown[0]["text/html"])
    assert tree.words["tr"] == ["US$Claim", "$0.15001-07", "$30002-08"]
    assert shown[0]["text/plain"].splitlines() == [
        "Prices", "  US$  Claim", "$0.15  001-07", "  $30  002-08"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"caption": " "}, "needs a caption"),
        ({"data": pd.DataFrame({"a": []})}, "has no rows"),
        ({"columns": {"prize": "Price"}}, "no column 'prize'"),
        ({"columns": {"price": ""}}, "empty heading"),
        ({"formats": {"prize": ".2f"}}, "no column 'prize'"),
        ({"row_anchor": "key"}, "no column 'key'"),
    ],
)
def test_a_table_says_what_it_lacks(frame: pd.DataFrame, changes: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        display.table(**{"data": frame, "caption": "Some rows", **changes})


def test_about_a_table_says_what_the_data_package_says(shown: list) -> None:
    display.about_table("prices")
    html, described = shown[0]["text/html"], data.describe("prices")
    tree = Tree(html)
    assert tree.having("div", id="table-prices")
    assert tree.words["h3"] == [f"{described['title']} prices"]
    assert [a["href"] for a in tree.having("a")] == ["../data/prices.csv"]
    assert f"{len(data.load('prices'))} rows" in html
    fields = described["schema"]["fields"]
    assert len(tree.having("tr")) == len(fields) + 1
    units = [field["unit"] for field in fields if field.get("unit")]
    assert units and all(unit in html for unit in units)


# --------------------------------------------------------------------------------------- cards


def verdict(**changes: object) -> Verdict:
    settings = {
        "key": "ten",
        "question": "Did it fall 10x a year?",
        "claims": ("001-07",),
        "outcome": Outcome.PARTLY,
        "rule": "Supported if *most* do.",
        "because": "48% of them do.",
        "place": "cost-of-a-given-level#verdict-ten",
        "figure": 14.23,
        "low": 6.12,
        "high": 33.4,
        "unit": "x per year",
        "interval": "95%, bootstrap",
    }
    return Verdict(**{**settings, **changes})


def test_a_claim_card_gives_words_speaker_place_day_and_rows(shown: list) -> None:
    display.claim_card(
        "Costs fall <10x>.",
        speaker="Somebody",
        source="An essay",
        day="2025-02-09",
        claims=["001-07", "002-08"],
        plain="A tenth after *one* year.",
        address="https://example.org/essay",
    )
    tree = Tree(shown[0]["text/html"])
    assert tree.words["blockquote"] == ["Costs fall <10x>."]
    assert "Somebody, An essay, 9 February 2025" in tree.words["div"][0]
    assert tree.words["em"] == ["one"]
    assert [a["href"] for a in tree.having("a")] == [
        "https://example.org/essay",
        "what-was-said.ipynb#ledger-001-07",
        "what-was-said.ipynb#ledger-002-08",
    ]
    assert "> Costs fall" in shown[0]["text/markdown"]
    assert "9 February 2025" in shown[0]["text/plain"]
    with pytest.raises(ValueError, match="who said them"):
        display.claim_card("Words", speaker="", source="An essay", day="2025-02-09")


@pytest.mark.parametrize("outcome", Outcome)
def test_a_verdict_has_a_sign_and_words_and_never_colour_alone(
    shown: list, outcome: Outcome
) -> None:
    until = date(2027, 2, 9) if outcome is Outcome.OPEN else None
    display.verdict_card(verdict(outcome=outcome, until=until))
    display.verdict_table([verdict(outcome=outcome, until=until)])
    words = f"{outcome} 9 February 2027" if until else str(outcome)
    for output in shown:
        tree = Tree(output["text/html"])
        assert tree.having("span", **{"aria-hidden": "true"})
        assert f"{display.SIGNS[outcome]} {words}" in tree.words["strong"]
        assert f"{display.SIGNS[outcome]} {words}" in output["text/plain"]
    assert len(set(display.SIGNS.values())) == len(Outcome)


def test_a_verdict_card_gives_figure_interval_rule_reason_and_rows(shown: list) -> None:
    display.verdict_card(verdict())
    tree = Tree(shown[0]["text/html"])
    assert tree.having("div", id="verdict-ten")
    words = tree.words["div"][0]
    assert "Figure: 14x per year (6.1x to 33x; 95%, bootstrap)" in words
    assert "Rule: Supported if most do." in words
    assert "48% of them do." in words
    assert tree.having("a", href="what-was-said.ipynb#ledger-001-07")
    assert "14x per year" in shown[0]["text/markdown"]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("x", "14x (6.1x to 33x)"),
        ("months", "14 months (6.12 to 33.4)"),
        ("%", "14% (6.12 to 33.4)"),
        ("US$ per task", "US$14.23 per task (6.12 to 33.4)"),
        ("", "14 (6.12 to 33.4)"),
    ],
)
def test_a_verdicts_figure_is_written_in_its_unit(shown: list, unit: str, expected: str) -> None:
    display.verdict_card(verdict(unit=unit, interval=""))
    assert f"Figure: {expected}" in shown[0]["text/plain"]


def test_a_table_of_verdicts_leads_to_the_place_of_each(shown: list) -> None:
    display.verdict_table([verdict(), verdict(figure=None, low=None, high=None, place="index")])
    tree = Tree(shown[0]["text/html"])
    assert [a["href"] for a in tree.having("a")] == [
        "cost-of-a-given-level.ipynb#verdict-ten",
        "index.ipynb",
    ]
    assert tree.words["td"][-1] == display.MISSING
    with pytest.raises(ValueError, match="no verdict"):
        display.verdict_table([])


def test_objectives_are_a_list_with_needs_and_time(shown: list) -> None:
    display.objectives(["**explain** a level"], needs=["logarithms", "patience"], minutes=40)
    tree = Tree(shown[0]["text/html"])
    assert tree.words["li"] == ["explain a level"]
    assert "You need: logarithms; patience." in tree.words["div"][0]
    assert re.search(r"Time: about 40 minutes", shown[0]["text/plain"])


def test_a_rule_is_shown_as_it_stands_in_the_package(shown: list) -> None:
    display.code(display.count)
    assert shown[0]["text/markdown"].startswith("```python\ndef count(")
    assert shown[0]["text/plain"].endswith("things or thing + 's'}\"")
