"""A question, read once: its language and day, its words, the places it names, what it asks."""

import re
import unicodedata
from datetime import date
from functools import cached_property, lru_cache

from core import BodyType, Language
from knowledge.words import concepts, frames, tokens
from language import digits, read_date
from law import Move, Spot, body_of, moved, read, spots, without

_JAPANESE = re.compile(r"[ぁ-ヶ一-龥]")
_DAY = re.compile(
    r"((?:(?:令和|平成)(?:元|\d{1,2})|(?:19|20)\d\d)年\d{1,2}月(?:\d{1,2}日)?|20\d\d-\d\d-\d\d)"
    r"(?:に|で|から|、|時点|現在|の(?:時点|案件|ころ|頃|事故|漏えい))"
)
"""A day on which something happened; a month is its first day."""
_DAY_EN = re.compile(
    r"\b(?:in|on) ((?:\d{1,2} )?(?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december)(?: \d{1,2},)? (?:19|20)\d\d)\b"
)
_FIGURES = tuple(
    (re.compile(asked, re.I), re.compile(kind, re.I))
    for asked, kind in (
        (r"何人|何名|how many (?:people|persons|staff)", r"[\d,百千万]+ ?(?:人|people|persons)"),
        (r"何日|何年|何か月|いつまで|期限|how (?:long|soon|often)|deadline",
         r"[\d,百]+ ?(?:日|年|days?|years?)"),
        (r"いくら|何円|how much", r"[\d,百千万]+ ?(?:円|yen)"),
    )
)  # fmt: skip
"""What is asked for, and how such a figure is written."""
_TEXT = re.compile(
    r"条文|原文|本文|文言|(?:条|項|号)の?(?:内容|規定|定め)|(?:何|なん|どう|どのよう)(?:と|に)?"
    r"(?:書|定|規定)|見せて|\btext of\b|\bwording\b|\bsays?\b|\bshow me\b|\bquote\b",
    re.I,
)
_NUMBERED = re.compile(
    r"マイナンバー|個人番号|特定個人情報|番号(?:が|の|を)?(?:付|つ|入)|my number|individual number",
    re.I,
)
_ASSESSMENT = re.compile(r"(?<!影響)評価|しきい値|(?<!impact )assessment\b", re.I)
_TALK = re.compile(
    r"(?:会議録|議事録|会議|資料|文書)(?:の中)?(?:で|に|には|では|の)?"
    r"|どん?な(?:議論|意見|質問|発言|説明)|\b(?:minutes|document|documents|meeting|discussed|said)\b",
    re.I,
)
_HERE = re.compile(
    r"(?:うち|本|当|わが|我が|この)の?(?:市|区|町|村|県|府|都|道|自治体|役所|役場|庁|課|部署)"
    r"(?:の(?:条例|規程|要綱|要領|規則)?)?(?:に|で)?(?:は|も)?"
    r"|\b(?:in|under|by) (?:our|this) (?:own )?\w+(?:['’]s \w+)?",
    re.I,
)
_ASKING = re.compile(
    r"いくら|幾ら|どの(?:くらい|ぐらい)|どこ|だれ|誰|いつ(?:まで|から)?|何(?=[人日年月時円枚件回条])"
)


_PRESUMES = re.compile(
    r"(?:で(?:よい|いい|良い|す)|使え|渡せ|足り|根拠(?:は|に)|として(?:扱|使|見)|によ(?:れば|り|る)"
    r"|なので|だから|を(?:超え|理由に))[^。]{0,24}(?:か|ね)?。?$|\b(?:is|does|can|may|under|so)\b"
)
"""A place that is put forward as the ground, which the question asks to be confirmed."""


class Question:
    """What somebody asks, as a value; nothing reads the text again.

    >>> asked = Question.of("2024年2月に番号法第27条の評価書を出しました。今は何条ですか")
    >>> asked.lang, asked.day, [tuple(spot)[:2] for spot in asked.places]
    ('ja', datetime.date(2024, 2, 1), [('myno', '27')])
    >>> Question.of("May we use it?").lang, Question.of("May we use it?").day
    ('en', None)
    """

    def __init__(self, asked: str, day: date | None = None, body: BodyType | None = None) -> None:
        self.asked = asked
        self.text = unicodedata.normalize("NFKC", asked)
        self._told = day
        self.body = body or body_of(self.text)
        """Whose law is asked for: the case's body, or one the question names."""

    @staticmethod
    @lru_cache(maxsize=256)
    def of(asked: str, day: date | None = None, body: BodyType | None = None) -> "Question":
        """The question of a text; `day` and `body` are those of the case it is asked for."""
        return Question(asked, day, body)

    @property
    def lang(self) -> Language:
        """Japanese where it holds any kana or kanji."""
        return "ja" if _JAPANESE.search(self.text) else "en"

    @cached_property
    def day(self) -> date | None:
        """The day whose law is asked for: that of the case, or one on which something happened."""
        text = digits(self.text)
        found = _DAY.search(text)
        if self._told or found:
            reading = read_date(found[1]) if found and not self._told else None
            return self._told or (reading.date if reading else None)
        told = _DAY_EN.search(text.lower())
        return _english_day(told[1]) if told else None

    @cached_property
    def places(self) -> tuple[Spot, ...]:
        """The places in laws that it names, in order."""
        return tuple(spots(self.text))

    @cached_property
    def named(self) -> frozenset[tuple[str, str]]:
        """The (source, article) pairs of its places."""
        return frozenset((spot.source, spot.article) for spot in self.places)

    @cached_property
    def moves(self) -> tuple[tuple[Move, str], ...]:
        """The articles whose number of today it asks for, with the place it names."""
        return tuple(moved(self.text, self.named))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its content words, in order."""
        return tuple(tokens(self.asked))

    @cached_property
    def matter(self) -> tuple[str, ...]:
        """Its content words without the places it names."""
        return tuple(tokens(without(self.text))) if self.places else self.words

    @cached_property
    def frames(self) -> tuple[str, ...]:
        """The situations it tells of."""
        return tuple(frames(self.text))

    @cached_property
    def concepts(self) -> tuple[str, ...]:
        """The concepts its words stand for."""
        return tuple(concepts(self.words))

    @cached_property
    def figures(self) -> tuple[int | None, int | None, bool | None]:
        """Head-count, staff and whether there was an incident; None for what is not said."""
        return read(self.text)

    @property
    def presumes(self) -> bool:
        """Whether the places it names are put forward to be confirmed, beside a matter of its own.

        >>> Question.of("統計を作る大学に住民の名簿を渡すのは69条2項4号によればよいですか").presumes
        True
        >>> Question.of("69条2項4号とは何ですか").presumes
        False
        """
        return bool(self.places) and len(self.matter) >= 6 and bool(_PRESUMES.search(self.text))

    @property
    def of_assessment(self) -> bool:
        """Whether its numbers decide which assessment for My Number is due."""
        return bool(_ASSESSMENT.search(self.asked)) and self.figures[0] is not None

    @property
    def of_my_number(self) -> bool:
        """Whether it is about data with My Number, whose own rules are then said first."""
        return bool(_NUMBERED.search(self.asked))

    @property
    def of_wording(self) -> bool:
        """Whether it asks what an article says, which is then said in its own words."""
        return bool(_TEXT.search(self.asked)) or not self.matter

    @cached_property
    def figure(self) -> re.Pattern[str] | None:
        """How the figure it asks for is written; None where it asks for none."""
        return next((kind for asked, kind in _FIGURES if asked.search(self.asked)), None)

    @property
    def without_talk(self) -> str:
        """Its text without words about documents as such, which say not what to look for."""
        return _TALK.sub("", self.asked)

    @property
    def without_place(self) -> str:
        """Its text without the words that say whose matter it is and what is not known of it."""
        return _ASKING.sub("", _HERE.sub("", self.asked))


def _english_day(text: str) -> date:
    months = "january february march april may june july august september october november december"
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    month = next(n for n, name in enumerate(months.split(), 1) if name in text)
    return date(numbers[-1], month, min(numbers[0], 28) if len(numbers) > 1 else 1)
