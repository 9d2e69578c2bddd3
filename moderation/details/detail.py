"""What a detail is: its kind in plain words, where it stands, and whose it is."""

from dataclasses import dataclass
from enum import StrEnum

from moderation.verdict import Span


class What(StrEnum):
    """The kinds of detail, in the words that stand in brackets where one was masked."""

    EMAIL = "e-mail address"
    PHONE = "phone number"
    ADDRESS = "address"
    POSTCODE = "postcode"
    NAME = "full name"
    IDENTIFIER = "personal number"
    BIRTH = "date of birth"
    CARD = "card number"
    ACCOUNT = "bank account"
    HANDLE = "account elsewhere"
    PLACE = "exact place"
    CLINICIAN = "name of a clinician"
    WORKPLACE = "workplace"


EXACT = frozenset(
    {What.EMAIL, What.PHONE, What.IDENTIFIER, What.CARD, What.ACCOUNT, What.POSTCODE, What.HANDLE, What.PLACE}
)
"""Kinds that are known by their form, whatever is said around them."""


@dataclass(frozen=True, slots=True, order=True)
class Detail:
    """A detail from character start up to end; `others` if it is somebody else's than the author's."""

    start: int
    end: int
    what: What
    others: bool = False

    @property
    def span(self) -> Span:
        """The detail as a finding carries it."""
        return Span(self.start, self.end, str(self.what))
