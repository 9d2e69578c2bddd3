"""Borrowed letters and marks, taken back; texts of other alphabets, let be."""

import pytest

from moderation.toxicity.borrowed import in_latin_letters


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("you are ѕtuрid", "you are stupid"),
        ("уоu аrе scum", "you are scum"),
        ("раthеtiс јunkiе", "pathetic junkie"),
        ("you are ꜱᴛᴜᴘɪᴅ", "you are stupid"),
        ("ѕtυριd", "stupid"),
        ("s\u0337t\u0337u\u0337p\u0337i\u0337d\u0337", "stupid"),
        ("i\u0301\u0316\u0353d\u0310\u0343i\u0353\u0310ot", "idiot"),
        ("\U0001f162\U0001f163\U0001f164\U0001f15f\U0001f158\U0001f153", "stupid"),
        ("\U0001f171itch", "bitch"),
        ("\U0001f1f0 \U0001f1fe \U0001f1f8", "k y s"),
        ("Ты ѕtuрid, вот и всё", "Ты stupid, вот и всё"),
    ],
)
def test_borrowed_letters_are_taken_back(text: str, latin: str) -> None:
    assert in_latin_letters(text) == latin


@pytest.mark.parametrize(
    "text",
    [
        "Я очень рад, что вы здесь",
        "Это просто сок",
        "сок рак тест",
        "Καλημέρα σε όλους",
        "Բարեւ ձեզ",
        "naïve café, señor",
        "Łukasz, Søren, Đorđe and İbrahim",
        "Việt Nam",
        "नमस्ते",
        "สวัสดีครับ",
        "50 \u03bcg of a \u03b2-blocker",
        "\U0001f1ec\U0001f1e7\U0001f1fa\U0001f1f8 ❤\ufe0f 1\ufe0f\u20e3",
        "\U0001f9d1\u200d\U0001f91d\u200d\U0001f9d1",
        "my blood group is \U0001f170 or \U0001f17e",
        "SMSка пришла вчера домой",
    ],
)
def test_genuine_letters_stay(text: str) -> None:
    assert in_latin_letters(text) == text
