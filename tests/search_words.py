"""What the search of the site looks through, read as the page reads it."""

from __future__ import annotations

import json


def search_pages(script: str) -> list[tuple[str, str, list[tuple[str, str, str, str]]]]:
    """Return address, title and parts of every page in ``search-index.js``.

    A part is its anchor, title, kind and text, whose words the file writes as numbers.
    """
    content = json.loads(script[script.index("{") : script.rindex("}") + 1])
    words = content["words"].split(" ")
    return [
        (
            address,
            title,
            [
                (anchor, name, kind, " ".join(words[int(number, 36)] for number in text.split()))
                for anchor, name, kind, text in parts
            ],
        )
        for address, title, parts in content["pages"]
    ]
