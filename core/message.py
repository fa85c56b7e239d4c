"""Sentences for people, in both languages of the product, read from one catalogue.

The sentences stand in `messages/<room>.yaml`, where anyone can correct them without Python; code
names them by id and gives the values.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from core import yaml12

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")
CATALOGUE = Path(__file__).parents[1] / "messages"


class Message(BaseModel):
    """One sentence in Japanese and English. It never holds a cell value.

    >>> Message(ja="空のファイルです。", en="The file is empty.").text("en")
    'The file is empty.'
    """

    model_config = ConfigDict(frozen=True)

    ja: str
    en: str

    def text(self, lang: Language) -> str:
        """The sentence in one language."""
        return self.ja if lang == "ja" else self.en


def say(id: str, /, **values: Any) -> Message:
    """The sentence `room.topic.name` of the catalogue, with its fields filled in.

    A value that is a `Message` is put in the language of the sentence. Where the English differs
    for one and for many, the catalogue gives `one` and `other`, told apart by the value of `n`.

    Raises:
        KeyError: the catalogue has no such sentence, or a field has no value.
    """
    entry = _entries(id.partition(".")[0])[id]
    return Message(ja=_filled(entry["ja"], "ja", values), en=_filled(entry["en"], "en", values))


def listed(names: Iterable[str | Message], *, ja: str = "、", en: str = ", ") -> Message:
    """Names in a row, with the separator of each language.

    >>> listed(["氏名", "住所"], ja="・")
    Message(ja='氏名・住所', en='氏名, 住所')
    """
    said = [n if isinstance(n, Message) else Message(ja=n, en=n) for n in names]
    return Message(ja=ja.join(n.ja for n in said), en=en.join(n.en for n in said))


def _filled(template: Any, lang: Language, values: dict[str, Any]) -> str:
    if isinstance(template, dict):
        template = template["one" if values["n"] == 1 else "other"]
    spoken = {k: v.text(lang) if isinstance(v, Message) else v for k, v in values.items()}
    return str(template).format_map(spoken)


@cache
def _entries(room: str) -> dict[str, dict[Language, Any]]:
    topics = yaml12.load((CATALOGUE / f"{room}.yaml").read_text(encoding="utf-8"))
    return {
        f"{room}.{topic}.{name}": entry
        for topic, entries in topics.items()
        for name, entry in entries.items()
    }
