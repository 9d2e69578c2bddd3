"""Words spelt out letter by letter."""

import pytest

from moderation.toxicity.spelt_out import joined


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("you j u n k i e", "you junkie"),
        ("k.y.s", "kys"),
        ("go k y s now", "go kys now"),
        ("s-t-u-p-i-d", "stupid"),
        ("s*t*u*p*i*d", "stupid"),
        ("f . u . c . k", "fuck"),
        ("f u c k you", "fuck you"),
        ("5 t u p i d", "stupid"),
        ("f * c k", "fuck"),
        ("you are a l o s e r", "you are a loser"),
        ("y o u a r e s t u p i d", "you are stupid"),
        ("k i l l y o u r s e l f", "kill yourself"),
        ("j u n k i e c*nt", "junkie c*nt"),
        ("u n a f.r.a.u.d", "u n a fraud"),
        ("s o b e r", "sober"),
    ],
)
def test_letters_that_stand_alone_are_heard_as_a_word(text: str, heard: str) -> None:
    assert joined(text) == heard


@pytest.mark.parametrize(
    "text",
    [
        "a b c",
        "a b c d e f",
        "u.s.a.",
        "e.g. this",
        "p.s. hello",
        "a a meeting",
        "options a, b, c, d",
        "y/n/m/a",
        "p.t.s.d.",
        "r.i.p.",
        "j. r. r. tolkien",
        "1 2 3 4 5",
        "1.2.3.4",
        "* * * *",
        "well-known",
        "я и о в а к",
    ],
)
def test_initials_lists_and_numbers_stay(text: str) -> None:
    assert joined(text) == text
