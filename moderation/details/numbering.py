"""What the numbering plans of the world say of a telephone number."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

WITH_ZERO = ("GB", "IE", "AU", "NG", "DE", "FR", "IN", "NZ", "ZA", "NL", "BE", "IT", "SE", "CH", "AT")
WITHOUT_ZERO = ("US", "IE", "AU", "IN", "ZA")
"""Countries whose national forms we try, those of our readers first; a number with + needs none."""


@dataclass(frozen=True, slots=True)
class Line:
    """A number as one country's plan reads it: digits with the country's code, and whether nobody's own.

    A freephone or shared-cost number, or one for a whole organisation (UAN), is no private person's.
    """

    digits: str
    public: bool


def lines(number: str) -> tuple[Line, ...]:
    """Return the lines that the number is, the likeliest first; none where no plan has such a number."""
    library = _library()
    found = dict[Line, None]()
    for region in _regions(number):
        try:
            parsed = library.parse(number, region)
        except library.NumberParseException:
            continue
        kind = library.number_type(parsed)
        if kind != library.PhoneNumberType.UNKNOWN:
            found[Line(f"{parsed.country_code}{parsed.national_number}", kind in _public(library))] = None
    return tuple(found)


def _regions(number: str) -> Iterable[str]:
    if number.startswith("+"):
        return ("ZZ",)
    return WITH_ZERO if number.lstrip("(").startswith("0") else WITHOUT_ZERO


def _library() -> ModuleType:
    """Return phonenumbers, loaded when first needed: its plans take 30 ms and more to load."""
    return import_module("phonenumbers")


def _public(library: ModuleType) -> frozenset[int]:
    kinds = library.PhoneNumberType
    return frozenset({kinds.TOLL_FREE, kinds.SHARED_COST, kinds.UAN})
