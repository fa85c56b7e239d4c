"""A sentence for people, in both languages of the product."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["ja", "en"]


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
