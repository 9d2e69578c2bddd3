"""Claims about the language: one .po file changes what is said."""

from pathlib import Path

import pytest

from forum.language import N_, Language
from forum.rendering import Renderer

GERMAN = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "There is nothing here"
msgstr "Hier ist nichts"

msgid "yesterday %(clock)s"
msgstr "gestern um %(clock)s"

#, fuzzy
msgid "Sign in"
msgstr "Vielleicht anmelden"

msgid "You can try again in %(num)s second."
msgid_plural "You can try again in %(num)s seconds."
msgstr[0] "In %(num)s Sekunde geht es wieder."
msgstr[1] "In %(num)s Sekunden geht es wieder."
"""


@pytest.fixture
def translations(tmp_path: Path) -> Path:
    (tmp_path / "de.po").write_text(GERMAN)
    (tmp_path / "pt_BR.po").write_text(GERMAN.replace("Hier ist nichts", "Não há nada aqui"))
    return tmp_path


def test_one_file_changes_what_is_said(translations: Path) -> None:
    words = N_("There is nothing here")

    assert Language.load("en", translations).say(words) == "There is nothing here"
    assert Language.load("de", translations).say(words) == "Hier ist nichts"
    assert Language.load("pt-BR", translations).say(words) == "Não há nada aqui"


def test_values_are_put_into_the_translated_sentence(translations: Path) -> None:
    german = Language.load("de", translations)

    assert german.say(N_("yesterday %(clock)s", clock="18:00")) == "gestern um 18:00"


def test_what_is_not_translated_yet_or_only_guessed_is_said_in_english(translations: Path) -> None:
    german = Language.load("de", translations)

    assert german.say(N_("Sign in")) == "Sign in"
    assert german.say(N_("Nobody translated this: 100%")) == "Nobody translated this: 100%"


def test_a_whole_page_is_said_in_the_language_with_its_plurals(translations: Path) -> None:
    german = Renderer(Language.load("de", translations), "UTC")
    context: dict[str, object] = {
        "viewer": None,
        "layout": {"community": "Waypost", "leave_url": "/", "unread": 0, "waiting": None, "agree": False},
        "nonce": "n",
        "path": "/",
        "form_token": "t",
        "status": 429,
        "heading": german.say(N_("There is nothing here")),
        "words": [],
        "retry_after": 2,
        "kept": None,
        "again": None,
    }

    page = german.render("error.html", context)

    assert '<html lang="de" dir="ltr"' in page
    assert "<h1>Hier ist nichts</h1>" in page
    assert "In 2 Sekunden geht es wieder." in page


def test_a_language_without_a_file_is_refused_by_the_name_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"fr\.po is missing"):
        Language.load("fr", tmp_path)


@pytest.mark.parametrize("code", ["", "xx-nonsense-yy", "../../etc/passwd", "e", "12"])
def test_what_is_no_language_code_is_refused_in_plain_words(code: str) -> None:
    with pytest.raises(ValueError, match="is not a language code"):
        Language.load(code)


def test_tags_and_directions_are_those_that_html_wants(tmp_path: Path) -> None:
    (tmp_path / "ar.po").write_text(GERMAN)
    arabic, british = Language.load("ar", tmp_path), Language.load("en-GB", tmp_path)

    assert (arabic.code, arabic.direction) == ("ar", "rtl")
    assert (british.code, british.direction) == ("en-GB", "ltr")
