"""Details as values."""

from moderation.details.detail import Detail, What
from moderation.verdict import Span


def test_a_detail_is_carried_as_a_span_in_plain_words() -> None:
    assert Detail(2, 9, What.PHONE, others=True).span == Span(2, 9, "phone number")
