"""What the lexicon hears, and what it lets be."""

import pytest

from moderation.toxicity.lexicon import Lexicon
from moderation.toxicity.scorer import LABELS, open_scorer
from moderation.toxicity.thresholds import Thresholds

JUDGE = Thresholds.load().judge
HARMLESS = [
    "fuck, I relapsed, what a shit week",
    "Shit, damn, crap, bitch of a day: my boss is an asshole and this is fucking bullshit",
    "I'm such an idiot, I drank again",
    "I felt worthless and useless for years",
    "I used to call myself a dirty junkie; I don't any more",
    "My dad told me you're a worthless junkie, and I believed him",
    'The voice says "you are worthless" every morning',
    "Please don't kill yourself, call someone",
    "I wanted to kill myself last winter, and I am still here",
    "You are not worthless. You are not a junkie. You are loved.",
    "Fuck you, heroin. You took my brother.",
    "This disease will kill you if you let it",
    "I nearly died: I overdosed twice this year",
    "I'm a gay man in recovery and a proud addict",
    "The Jewish chaplain and a Muslim nurse sat with me, a Black trans woman",
    "Methadone saved my fucking life",
    "You are a fucking legend, congratulations on 90 days",
    "I'll find you a meeting nearby",
    "There is a chink in my armour",
    "An addict like you and me never has just one",
]
HURTFUL = [
    "kill yourself",
    "go k1ll yourself",
    "KYS",
    "nobody would miss you",
    "the world would be better off without you",
    "I hope you overdose",
    "I'm gonna kill you",
    "I know where you live",
    "you're a fucking worthless piece of shit",
    "ur such an i d i o t",
    "you are wooooorthless",
    "shut the fuck up you dumb bitch",
    "Once a junkie, always a junkie.",
    "Addicts like you deserve nothing",
    "junkies are all thieves",
    "you dirty addict, stay away from decent people",
    "fuck you",
    "you f4ggot",
]


@pytest.mark.parametrize("text", HARMLESS)
async def test_telling_of_a_hard_life_is_not_held(text: str) -> None:
    scorer = open_scorer("lexicon://")

    [scores] = await scorer.score([text])

    assert JUDGE(scores, scorer.name) is None


@pytest.mark.parametrize("text", HURTFUL)
async def test_words_against_others_are_held(text: str) -> None:
    scorer = open_scorer("lexicon://")

    [scores] = await scorer.score([text])

    assert JUDGE(scores, scorer.name) is not None


async def test_every_text_has_every_label_in_order_of_the_texts() -> None:
    quiet, loud = await open_scorer("lexicon://").score(["hello", "kys"])

    assert quiet == dict.fromkeys(LABELS, 0.0)
    assert loud["threat"] == loud["toxicity"] == pytest.approx(0.9)


async def test_weights_of_different_phrases_add_up_and_repetition_does_not() -> None:
    lexicon = Lexicon(["insult 0.5 oaf", "insult 0.5 clown"])

    once, twice, both = await lexicon.score(["oaf", "oaf oaf", "oaf clown"])

    assert (once["insult"], twice["insult"], both["insult"]) == (0.5, 0.5, 0.75)


async def test_only_whole_words_are_heard() -> None:
    [scores] = await Lexicon(["insult 0.5 oaf"]).score(["a loaf of oafish bread"])

    assert scores["insult"] == 0.0


async def test_a_threat_is_heard_although_it_is_told_of() -> None:
    [scores] = await open_scorer("lexicon://").score(["he told me kill yourself"])

    assert JUDGE(scores, "lexicon") is not None


@pytest.mark.parametrize(
    "line", ["rude 0.5 oaf", "insult much oaf", "insult 1.5 oaf", "insult nan oaf", "insult 0.5", "spare"]
)
def test_a_bad_line_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        Lexicon(["# ours", line])
