"""HTML: the text of the page under its headings; nothing in it is followed or run."""

import re
from typing import Any

from core import InputError, KnowledgeError
from intake.documents.markup import read_html
from intake.documents.passages import Parsed, Section, pieces
from intake.documents.plain_text import text_of

_DROP = (
    "title", "script", "style", "nav", "header", "footer", "form", "noscript", "template", "iframe",
    "object", "embed", "svg",
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.I)
_BLOCKS = {
    "p", "li", "dt", "dd", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre",
    "figcaption", "caption", "tr", "div", "section", "article", "ul", "ol", "dl", "table",
    "tbody", "thead", "main", "body",
}  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NUMBER = re.compile(r"^(別表\d*|\d+(?:-\d+)+|\d+)(?=[\s　（(]|$)")
_SPACE = re.compile(r"[ \t\r\n\f]+")


def parse_html(content: bytes, name: str) -> Parsed:
    """Sections under each heading; a heading that starts with a number gives its `article`.

    Raises:
        KnowledgeError: there is no readable page in it.
    """
    try:
        root = read_html(text_of(content))
    except InputError as error:
        raise KnowledgeError.of("intake.documents.bad_html") from error
    if root is None:
        return Parsed(title=name, kind="document", sections=())
    title = _SPACE.sub(" ", root.findtext(".//title") or "").strip() or name
    for element in [*root.iter(*_DROP), *filter(_hidden, root.iter())]:
        if element.getparent() is not None:
            element.drop_tree()
    return Parsed(title=title, kind="document", sections=tuple(_sections(root)))


def _hidden(element: Any) -> bool:
    """Whether a reader of the page never sees it: such text may be there for machines alone."""
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style") or ""))


def _sections(root: Any) -> list[Section]:
    path: dict[int, str] = {}
    block: list[str] = []
    found: list[Section] = []

    def flush() -> None:
        text = "\n".join(block)
        block.clear()
        above = " / ".join(path.values())
        last = next(reversed(path.values()), "")
        number = _NUMBER.match(last)
        found.extend(
            Section(
                text=piece.strip("\n"),
                locator=last or "本文",
                heading=above,
                article=number[1] if number else None,
            )
            for piece in pieces(text)
            if piece.strip()
        )

    for element, text in _blocks(root):
        level = _HEADINGS.get(element.tag)
        if level:
            flush()
            for deeper in [k for k in path if k >= level]:
                del path[deeper]
            path[level] = text
        else:
            block.append(text)
    flush()
    return found


def _blocks(root: Any) -> list[tuple[Any, str]]:
    """Each run of text with the innermost block it stands in, in document order."""
    runs: list[tuple[Any, list[str]]] = []

    def put(owner: Any, text: str | None) -> None:
        if text and text.strip():
            if not runs or runs[-1][0] is not owner:
                runs.append((owner, []))
            runs[-1][1].append(text)

    stack: list[tuple[Any, Any, bool]] = [(root, root, False)]
    while stack:
        element, owner, closing = stack.pop()
        if closing:
            put(owner, element.tail)
            continue
        inner = element if element.tag in _BLOCKS else owner
        put(inner, element.text)
        stack.append((element, owner, True))
        stack.extend((child, inner, False) for child in reversed(element))
    return [(owner, _SPACE.sub(" ", "".join(parts)).strip()) for owner, parts in runs]
