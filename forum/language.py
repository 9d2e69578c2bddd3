"""The language of the house: gettext catalogues read straight from one .po file each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent / "translations"
SOURCE = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence for people, in the source language, to be said in theirs when it is shown."""

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)


def N_(msgid: str, /, **values: object) -> Words:  # noqa: N802 - gettext's own name for it
    """Mark a sentence for translation, to be said later; `%(name)s` takes `values`."""
    return Words(msgid, values)


@dataclass(frozen=True, slots=True)
class Language:
    """One locale with its catalogue."""

    locale: Locale
    catalogue: NullTranslations

    @property
    def code(self) -> str:
        """The BCP 47 tag for <html lang>."""
        return str(self.locale).replace("_", "-")

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, for <html dir>."""
        return self.locale.text_direction

    def say(self, words: Words) -> str:
        """Return the sentence in this language, with its values filled in."""
        said = self.catalogue.gettext(words.msgid)
        return said % words.values if words.values else said

    def country(self, code: str) -> str:
        """Return what a country is called in this language, by its ISO 3166-1 alpha-2 code."""
        name: str = self.locale.territories.get(code, code)
        return name

    @classmethod
    def load(cls, code: str, folder: Path = FOLDER) -> "Language":
        """Return the language; ValueError, in plain words, when there is no file for it."""
        try:
            locale = Locale.parse(code.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            raise ValueError(f"{code!r} is not a language code such as 'en' or 'pt-BR'") from None
        file = folder / f"{locale}.po"
        if file.exists():
            return cls(locale, _read(file, locale))
        if locale.language == SOURCE:
            return cls(locale, NullTranslations())
        raise ValueError(f"there is no translation for {code!r}: {file.name} is missing in {folder}")


def _read(file: Path, locale: Locale) -> GNUTranslations:
    with file.open("rb") as lines:
        catalogue = read_po(lines, locale=locale)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
