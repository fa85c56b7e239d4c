"""How much of a text reads as everyday Japanese: the test of every guess at an encoding.

Japanese records hold kana, or kanji that forms and registers are full of: about 0.55 to 0.9 of
their characters are counted here, down to bare lists of surnames. The same bytes under a wrong
encoding give 0.0 to 0.25.
"""

_EVERYDAY = frozenset(
    "年月日時分秒番号氏名前住所地市区町村都道府県郡字丁目男女性別生死父母子妻夫世帯主人口数量計合金額円"
    "税費料率点回第一二三四五六七八九十百千万零有無可否要不明確認済未完了中学校大小高低長短上下左右後内外"
    "東西南北央新旧本支社会福祉保健医療病院科介護障害者児童齢歳職員業務課係局部署室当担任用途的利使申請"
    "届出受付理由備考種類型式状態容説項電話連絡先宛郵便送書文漢仮英全半角記録情報個特定法令条例規則和暦平"
    "成昭西元国籍公立私設場建物土家屋車両路水気火災防犯交通安教育図館園事予算決収入控除納期限開始終変更"
    "廃止取消登発行証票券印表感染陽居転戸続柄等級程度催参加団体活動相談窓対応結果評価調査統資添田山川木藤"
    "林森井野原石松橋佐伊渡辺鈴斎吉岡島崎清谷沢池阪浜太郎美花幸恵香真優裕智久正弘博秀隆健浩誠代江枝乃也"
    "樹介青赤白黒"
)
_LOOK_AT = 1 << 16
_ENOUGH = 12
READS_WELL = 0.3
"""A share below this is no Japanese that a municipality would write."""
_FOREIGN = ("gb18030", "big5", "euc_kr")


def japanese_share(text: str) -> float | None:
    """The share of characters that are kana, full-width signs or everyday kanji, 0–1.

    ASCII and half-width katakana say nothing either way. None where fewer than 12 other
    characters are left.

    >>> japanese_share("氏名,住所\\n山田花子,北区中町1丁目"), japanese_share("abc")
    (1.0, None)
    """
    told = read = 0
    for char in text[:_LOOK_AT]:
        code = ord(char)
        if code < 0x80 or 0xFF61 <= code <= 0xFF9F:
            continue
        told += 1
        read += char in _EVERYDAY or 0x3000 <= code <= 0x30FF or 0xFF00 <= code <= 0xFF60
    return read / told if told >= _ENOUGH else None


def reads_well(text: str) -> bool:
    """Whether a text reads as Japanese, or is too short to tell."""
    share = japanese_share(text)
    return share is None or share >= READS_WELL


def is_foreign(content: bytes) -> bool:
    """Whether bytes read well in an encoding of Chinese or Korean."""
    for encoding in _FOREIGN:
        try:
            text = content.decode(encoding)[:_LOOK_AT]
        except UnicodeDecodeError:
            continue
        letters = [c for c in text if not c.isascii()]
        korean = sum("가" <= c <= "힣" for c in letters)
        if korean > len(letters) / 2 or (japanese_share(text) or 0) > READS_WELL:
            return True
    return False
