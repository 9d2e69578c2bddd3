"""Words in brackets for what is masked."""

from hypothesis import given
from hypothesis import strategies as st

from moderation.masking import masked
from moderation.verdict import Span

SPANS = st.lists(
    st.builds(Span, st.integers(-3, 40), st.integers(-3, 40), st.sampled_from(["", "phone number"]))
)


def test_each_span_becomes_what_it_was() -> None:
    words = "Ring 07911 123456 or mail bea@example.com."
    spans = [Span(26, 41, "e-mail address"), Span(5, 17, "phone number")]

    assert masked(words, spans) == "Ring [phone number] or mail [e-mail address]."


def test_spans_that_overlap_are_one_named_as_the_longest() -> None:
    assert masked("0123456789", [Span(1, 3, "a"), Span(2, 8, "address")]) == "0[address]89"
    assert masked("0123456789", [Span(1, 3, "a"), Span(3, 4, "b")]) == "0[a]456789"


def test_nothing_to_mask_changes_nothing() -> None:
    assert masked("as it was", []) == "as it was"
    assert masked("as it was", [Span(4, 4, "a"), Span(90, 99, "b")]) == "as it was"


@given(st.text(max_size=30), SPANS)
def test_what_lies_outside_every_span_stays(words: str, spans: list[Span]) -> None:
    hidden = {place for span in spans for place in range(max(0, span.start), min(len(words), span.end))}
    kept = "".join(sign for place, sign in enumerate(words) if place not in hidden)

    shown = masked(words, spans)

    assert shown.replace("[phone number]", "").replace("[detail]", "") == kept.replace(
        "[phone number]", ""
    ).replace("[detail]", "")
    assert masked(words, [*spans, *spans]) == shown
