"""e-Gov law XML (法令標準XML): articles, paragraphs and items as passages with their numbers."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from core import KnowledgeError
from intake.documents.passages import Parsed, Section, pieces

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
        sections=tuple(_sections(body)),
        revision=told[0] if told else None,
        effective_from="-".join(told.groups()) if told else None,
    )


def _sections(body: Element) -> Iterator[Section]:
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
    for text in [*pieces(own), *(row for row in rows if row)]:
        if text.strip():
            yield Section(
                text=text, locator=where, heading=heading, article=article, paragraph=number
            )
    for item in paragraph.findall("Item"):
        bare = (item.get("Num") or "").replace("_", "-")
        main, *branch = bare.split("-")
        text = _text(item, skip={"ItemTitle"})
        for piece in pieces(text):
            if piece.strip():
                yield Section(
                    text=piece,
                    locator=f"{where}{main}号" + "".join(f"の{n}" for n in branch),
                    heading=heading,
                    article=article,
                    paragraph=number,
                    item=bare,
                )


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
