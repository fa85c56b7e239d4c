"""How a citation is written."""

from functools import cache

from core import Citation, Language
from knowledge.catalog import sources


@cache
def _english() -> dict[str, str]:
    return {source.name: source.en for source in sources().values()}


def law_name(law: str, lang: Language = "ja") -> str:
    """A law, guideline or document as it is called in a language; imported ones by their own name.

    >>> law_name("番号法", "en")
    'My Number Act'
    """
    return law if lang == "ja" else _english().get(law, law)


def label(citation: Citation, lang: Language = "ja") -> str:
    """A citation as people write it.

    >>> from core import Citation, Status
    >>> label(Citation(id="B-09", kind="law", law="個人情報の保護に関する法律",
    ...       article="69", paragraph="2", item="4", status=Status.VERIFIED_TEXT))
    '個人情報の保護に関する法律69条2項4号'
    >>> label(Citation(id="B-11", kind="law", law="番号法", article="29-4",
    ...       status=Status.VERIFIED_TEXT), "en")
    'My Number Act art. 29-4'
    >>> label(Citation(id="X-09", kind="law", law="番号法", article="29-3", paragraph="2",
    ...       status=Status.VERIFIED_TEXT))
    '番号法29条の3第2項'
    """
    name, article = law_name(citation.law, lang), citation.article
    if article is None:
        return name
    if citation.kind != "law" or citation.law == "GDPR":
        return f"{name} {article}"
    if lang == "en":
        parts = "".join(f"({n})" for n in (citation.paragraph, citation.item) if n)
        return f"{name} art. {article}{parts}"
    main, *branch = article.removeprefix("附則").split("-")
    text = "附則" if article.startswith("附則") else ""
    if main:
        text += f"{main}条" if main.isdigit() else main
        text += "".join(f"の{n}" for n in branch)
    if citation.paragraph:
        text += f"{'第' if branch else ''}{citation.paragraph}項"
    text += f"{citation.item}号" if citation.item else ""
    return f"{name}{text}"
