"""Text files as people see them: without the marks of Markdown and HTML that some are full of."""

import html
import re

_TAG = re.compile(
    r"</?(?:a|b|br|code|dd|div|dl|dt|em|h[1-6]|hr|i|img|li|ol|p|s|small|span|strong|sub|sup|table"
    r"|tbody|td|tfoot|th|thead|tr|u|ul)(?:\s[^<>]*)?/?>",
    re.I,
)
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^()\s]*\)")
_STRONG = re.compile(r"(\*\*|(?<!\w)__(?=\w))(?=\S)(.+?)(?<=\S)\1")
_BULLET = re.compile(r"^\s*[-*+]\s+(?=\S)")
_GAP = re.compile(r"[ \t]+")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#\d{1,6});")


def visible(line: str) -> str:
    r"""A line without its markup; tags that format nothing are left as the text they are.

    >>> visible("- **9** 法第27条で、<b>評価</b>を&amp;行う<br>")
    '9 法第27条で、評価を&行う'
    >>> visible("委員\t<p>見出しは[指針](https://example.jp)にある"), visible("<script>x</script>")
    ('委員 見出しは指針にある', '<script>x</script>')
    >>> visible("2 ** 3 と <甲> と a<b")
    '2 ** 3 と <甲> と a<b'
    """
    line = _LINK.sub(r"\1", _TAG.sub("", line))
    line = _STRONG.sub(r"\2", _BULLET.sub("", line))
    line = _ENTITY.sub(lambda found: html.unescape(found[0]), line)
    return _GAP.sub(" ", line).strip(" ")
