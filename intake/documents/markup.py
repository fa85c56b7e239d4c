"""Web pages and the law XML of e-Gov (法令標準XML) as passages.

Nothing in a page is followed or run.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from core import InputError, KnowledgeError
from intake.documents.passages import Parsed, Section, sections
from intake.documents.plain_text import text_of
from intake.safe_open import read_html

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
    return Parsed(title=title, kind="document", sections=tuple(_page_sections(root)))


def _hidden(element: Any) -> bool:
    """Whether a reader of the page never sees it: such text may be there for machines alone."""
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style") or ""))


def _page_sections(root: Any) -> list[Section]:
    path: dict[int, str] = {}
    block: list[str] = []
    found: list[Section] = []

    def flush() -> None:
        text = "\n".join(block)
        block.clear()
        above = " / ".join(path.values())
        last = next(reversed(path.values()), "")
        number = _NUMBER.match(last)
        article = number[1] if number else None
        found.extend(sections(text, last or "本文", "\n", heading=above, article=article))

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


_REVISION = re.compile(r"\d{3}[0-9A-Z]{9,12}_(\d{4})(\d\d)(\d\d)(?:_[0-9A-Z]+)?")
"""A revision in the name that e-Gov gives a file: the law's id and the day its text took effect."""
_CHAPTERS = {"Part", "Chapter", "Section", "Subsection", "Division"}


def parse_law(content: bytes, name: str) -> Parsed:
    """One section per paragraph and per item, of the main and supplementary provisions.

    Raises:
        KnowledgeError: not well-formed, with entities of its own, or no law.
    """
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise KnowledgeError.of("intake.documents.bad_xml") from error
    law = root if root.tag == "Law" else root.find(".//Law")
    body = law.find("LawBody") if law is not None else None
    if body is None:
        raise KnowledgeError.of("intake.documents.not_law_xml")
    told = _REVISION.search(name)
    return Parsed(
        title=_text(body.find("LawTitle")) or name,
        kind="law",
        sections=tuple(_law_sections(body)),
        revision=told[0] if told else None,
        effective_from="-".join(told.groups()) if told else None,
    )


def _law_sections(body: Element) -> Iterator[Section]:
    main = body.find("MainProvision")
    if main is not None:
        yield from _articles(main, "", "", "")
    for supplement in body.findall("SupplProvision"):
        amended = supplement.get("AmendLawNum")
        label = f"附則（{amended}）" if amended else "附則"
        number = "" if amended else "附則"
        yield from _articles(supplement, label, number, label)
    for table in body.findall("AppdxTable"):
        title = _text(table.find("AppdxTableTitle")) or "別表"
        for row in table.iter("TableRow"):
            text = _cells(row)
            if text:
                yield Section(text=text, locator=title, heading=title, article="別表")


def _articles(parent: Element, heading: str, number: str, label: str) -> Iterator[Section]:
    for child in parent:
        if child.tag in _CHAPTERS:
            title = _text(child.find(f"{child.tag}Title"))
            yield from _articles(child, f"{heading} {title}".strip(), number, label)
        elif child.tag == "Article":
            yield from _article(child, heading, number, label)
        elif child.tag == "Paragraph":  # a law or supplement without articles
            yield from _paragraph(child, heading, None, label)


def _article(article: Element, heading: str, number: str, label: str) -> Iterator[Section]:
    bare = (article.get("Num") or "").replace("_", "-")
    main, *branch = bare.split("-")
    place = f"{label}{main}条" + "".join(f"の{n}" for n in branch)
    caption = _text(article.find("ArticleCaption"))
    above = f"{heading} {_text(article.find('ArticleTitle'))}{caption}".strip()
    cited = None if label and not number else f"{number}{bare}"
    for paragraph in article.findall("Paragraph"):
        yield from _paragraph(paragraph, above, cited, place)


def _paragraph(
    paragraph: Element, heading: str, article: str | None, place: str
) -> Iterator[Section]:
    number = paragraph.get("Num") or "1"
    where = f"{place}{'第' if 'の' in place else ''}{number}項"
    own = "".join(_text(part) for part in paragraph.findall("ParagraphSentence"))
    rows = [_cells(row) for row in paragraph.iter("TableRow")]
    told = {"heading": heading, "article": article, "paragraph": number}
    yield from sections(own, where, "", **told)
    yield from (Section(text=row, locator=where, **told) for row in rows if row)
    for item in paragraph.findall("Item"):
        bare = (item.get("Num") or "").replace("_", "-")
        main, *branch = bare.split("-")
        text = _text(item, skip={"ItemTitle"})
        where_item = f"{where}{main}号" + "".join(f"の{n}" for n in branch)
        yield from sections(text, where_item, "", **told, item=bare)


def _cells(row: Element) -> str:
    return "｜".join(filter(None, (_text(cell) for cell in row.iter("TableColumn"))))


def _text(element: Element | None, skip: frozenset[str] | set[str] = frozenset()) -> str:
    """All text within, without ruby readings; columns of one item apart by a space."""
    if element is None:
        return ""
    parts: list[str] = []

    def walk(node: Element) -> None:
        if node.tag in {"Rt", *skip}:
            return
        if node.tag == "Column" and node.get("Num") not in (None, "1"):
            parts.append("　")
        if node.text and node.text.strip():
            parts.append(node.text.strip())
        for child in node:
            walk(child)
            if child.tail and child.tail.strip():
                parts.append(child.tail.strip())

    walk(element)
    return "".join(parts)
