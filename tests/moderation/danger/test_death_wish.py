"""Death wished upon another, and the same words of somebody who is hurt by them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.danger.death_wish import death_wish, speaks_of_oneself
from moderation.danger.speech import heard

WISHED = [
    "kys",
    "Just go and kill yourself then, nobody here cares",
    "I hope you overdose.",
    "stupid boomer, die already",
    "You should just die",
    "the world would be better off without you",
    "do us all a favour and overdose",
    "go drink bleach",
    "hope u die lol",
    "go hang yourself",
    "Just top yourself, loser",
    "I think everyone would be better off without you",
    "Go kill yourself, I think the world would be better without you",
    "go kill yourself, never forget that we'd be better off without you",
    "I do believe the world would be better without you",
]
NOT_WISHED = [
    "Please don't kill yourself, we need you here",
    "He told me to go and kill yourself, in those words, and I believed him",
    '"kys" is what the comments say every day',
    "I could just die of embarrassment",
    "You'll kill yourself with those hours",
    "I hope you never overdose again",
    "Do you want to kill yourself? You can say it here.",
    "die hard fans only",
    "They would be better off without me",
    "Don't ever think everyone would be better off without you",
    "If you think we would be better off without you, ring me",
    "You honestly believe everyone would be better off without you?",
    "Nobody believes the world is better off without you",
    "I hope you die in your sleep at a hundred",
    "I pray you die peacefully, grandad",
    "Kill yourself laughing at this one",
    "You should all die laughing at the video",
    "you should be shot of him by now",
    "You need to die to the old self, as the book has it",
    "Shoot yourself an email so you remember",
    "Hang yourself a picture, it cheers the room",
    "Well, top yourself up at the tea urn",
    "Then off yourselves to bed, all of you",
    "Drown yourself in work, that was my plan",
    "shoot yourself in the foot, why don't you",
]


@pytest.mark.parametrize("text", WISHED)
def test_death_wished_upon_whoever_is_spoken_to_is_seen(text: str) -> None:
    assert death_wish(heard(text)) is not None


@pytest.mark.parametrize("text", NOT_WISHED)
def test_a_plea_a_report_a_question_and_an_idiom_are_not_taken_for_it(text: str) -> None:
    assert death_wish(heard(text)) is None


def test_whoever_only_wishes_does_not_speak_of_themselves() -> None:
    assert not any(speaks_of_oneself(heard(text)) for text in WISHED)
    assert speaks_of_oneself(heard("The voice in my head: kill yourself."))
    assert speaks_of_oneself(heard("I hear it all day. Kill yourself."))


@given(st.text(max_size=40), st.sampled_from(WISHED), st.text(max_size=40))
def test_its_place_is_within_the_text_whatever_stands_around_it(before: str, wish: str, after: str) -> None:
    text = f"{before}\n{wish}\n{after}"

    span = death_wish(heard(text))

    assert span is None or 0 <= span.start < span.end <= len(text)
