"""Light disguises undone, and ordinary prose as it was."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.toxicity.disguises import undisguised
from moderation.toxicity.windows import plain

SIGNS = r"fuck f*ck sh!t k1ll a b u.s . - * ** _ __ ` \ <b> </b> <!-- | @ $ ! 1 0 loooser aaa www. :// you j"
PIECES = [*SIGNS.split(), *"ѕаікЖİ\u0337\u0301\u200b\U0001f171\U0001f1f0"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("go k1ll yourself", "go kill yourself"),
        ("you 5tupid @ss", "you stupid ass"),
        ("W0RTHL3SS B1TCH", "worthless bitch"),
        ("go j u m p", "go jump"),
        ("S-T-U-P-I-D f*cking j u n k i e", "stupid fucking junkie"),
        ("th1s w33k is n0t g00d", "this week is not good"),
        ("you wor**th**less junk", "you worthless junk"),
        ("stu__p__id", "stupid"),
        ("i\\diot", "idiot"),
        ("stu<b>pid</b>", "stupid"),
        ("stu<!-- -->pid", "stupid"),
        ("st`u`pid", "stupid"),
        ("sooooo goood", "soo good"),
        ("fuuuuuck", "fuck"),
        ("раthеtіс ј*nkiе", "pathetic junkie"),
        ("st\u200bup\u200bid f\u200b*ck", "stupid fuck"),
        ("s\u0337h\u0337!t", "shit"),
    ],
)
def test_a_light_disguise_is_undone(text: str, read: str) -> None:
    assert undisguised(plain(text)) == read


@pytest.mark.parametrize(
    "text",
    [
        "Hello there, I'm 3 weeks in! It’s “good” – 12-step, day 90, 24/7… don't ask",
        "B12, covid19, 2mg, mp3, A1C 5.6, H1N1, CO2, 5-HTP, 4mg/2ml, O2 sat, v2.0.1, E=mc2, the A55",
        "2nd and 3rd, 10:30am, 5'10\", $100, 50% off, #sober, @maria, r/stopdrinking, 1,000",
        "write me@sober.org or see https://k1ll.example/f*ck and www.sh1t.example, C:\\st*ff\\w0rk",
        "U.S.A., e.g. this, P.S. hello, A.D.H.D., P.T.S.D., a b c, an A A meeting",
        "good books, **bold** and *italic* and `code`, snake_case_name, and/or, x*y",
        "aaa, zzz, VIII, hmm, you+me, thanks!I will",
        "Я очень рад, что вы здесь",
        "naïve café, Łukasz, Søren and İbrahim ❤\ufe0f \U0001f1ec\U0001f1e7",
        "",
    ],
)
def test_ordinary_prose_is_the_very_same(text: str) -> None:
    ready = plain(text)

    assert undisguised(ready) is ready


def test_our_own_harmless_messages_are_seldom_changed() -> None:
    """Those that are changed spell something in signs or draw it out: a model reads the others once."""
    with files("moderation.toxicity.training").joinpath("recovery.csv").open(encoding="utf-8") as file:
        harmless = [plain(row["text"]) for row in csv.DictReader(file) if row["toxicity"] == "0"]
    unsigned = [text for text in harmless if text.isascii() and not set(text) & set("*@$!013457.<\\_|`")]
    changed = [text for text in unsigned if undisguised(text) is not text]

    assert len(harmless) > 300
    assert len(changed) <= len(unsigned) / 10


@settings(max_examples=300)
@given(
    st.text()
    | st.lists(st.sampled_from(PIECES)).map("".join)
    | st.lists(st.sampled_from(PIECES)).map(" ".join)
)
def test_any_text_is_read_and_a_second_reading_finds_nothing_more(text: str) -> None:
    read = undisguised(text)

    assert undisguised(read) == read


@given(st.text(alphabet=st.characters(codec=None, categories=["Cs", "Cc", "Cf", "Mn", "Ll"])))
def test_lone_surrogates_and_controls_are_no_trouble(text: str) -> None:
    assert undisguised(text).isprintable()


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "a ",
        "f*",
        "*",
        "f***",
        "a.b",
        "s$",
        "x_",
        "<b",
        "a<b>",
        "a\u0335",
        "а",
        "ab а ",
        "fuuu",
        "a@a.",
        "assss",
    ],
)
def test_a_very_long_text_is_read_to_its_end(piece: str) -> None:
    text = plain(piece * (100_000 // len(piece)) + " sh!t")

    assert undisguised(text).endswith("shit")
