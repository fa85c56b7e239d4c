"""HTML in one file: no script, nothing loaded from outside, every text escaped."""

from html import escape

from papers.document import Block, Document, Heading, Pairs, Paragraph, Sheet

_STYLE = """
body{font-family:"Yu Mincho","Hiragino Mincho ProN","Noto Serif CJK JP",serif;
max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1c;line-height:1.7}
h1,h2,h3,h4,th{font-family:"Yu Gothic","Hiragino Sans","Noto Sans CJK JP",sans-serif}
table{border-collapse:collapse;width:100%;margin:1rem 0;font-size:.9rem}
th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top}
th{background:#e8edf7}.mark{text-align:right}.note{font-size:.9rem}
@media print{thead{display:table-header-group}tr{break-inside:avoid}}
"""


def to_html(document: Document) -> bytes:
    """A page that can be printed."""
    body = "".join(_block(block) for block in document.blocks)
    subtitle = f"<p>{escape(document.subtitle)}</p>" if document.subtitle else ""
    title = escape(document.title)
    return (
        f'<!doctype html><html lang="{document.lang}"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>"
        f'<p class="mark">【{escape(document.mark)}】</p><h1>{title}</h1>{subtitle}{body}'
        "</body></html>"
    ).encode()


def _block(block: Block) -> str:
    match block:
        case Heading():
            tag = f"h{block.level + 1}"
            return f"<{tag}>{escape(block.text)}</{tag}>"
        case Paragraph():
            note = ' class="note"' if block.note else ""
            return f"<p{note}>{escape(block.text)}</p>"
        case Pairs():
            rows = "".join(
                f'<tr><th scope="row">{escape(k)}</th><td>{escape(v)}</td></tr>'
                for k, v in block.pairs
            )
            return f"<table><tbody>{rows}</tbody></table>"
        case Sheet():
            return _sheet(block)


def _sheet(block: Sheet) -> str:
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in block.headers)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in block.rows
    )
    return (
        f"<table><caption>{escape(block.name)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )
