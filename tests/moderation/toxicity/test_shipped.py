"""The model that ships: that it is the one its card describes, and that it judges as we promise."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from moderation.draft import Draft
from moderation.pipeline import Pipeline
from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.on_onnxruntime import CONFIG, TOKENIZER, WEIGHTS, Config, shipped
from moderation.toxicity.scorer import Scorer, open_scorer
from moderation.toxicity.thresholds import Thresholds
from moderation.toxicity.training.corpus import Part, concern_rows, recovery_rows
from moderation.toxicity.training.evaluation import evaluate
from moderation.verdict import Lane, Outcome

LARGEST = 25_000_000
"""Bytes that the folder may add to the repository."""
CARD = "CARD.md"
SHORT_LINES = Path(__file__).with_name("short_lines.txt")
"""What people say in rooms all day; training never saw them."""
GATHERING_LINES = SHORT_LINES.with_name("gathering_lines.txt")
"""Announcements, agendas and quiet lines that a jumpy model takes for something else; nor these."""


@pytest.fixture
async def scorer() -> AsyncIterator[Scorer]:
    opened = open_scorer("onnx:")
    yield opened
    await opened.aclose()


def test_the_card_tells_the_hash_of_every_file_and_the_folder_is_small() -> None:
    card = (shipped() / CARD).read_text("utf-8")
    paths = list(shipped().iterdir())

    for path in paths:
        if path.name != CARD:
            assert hashlib.sha256(path.read_bytes()).hexdigest() in card, path.name
    assert {WEIGHTS, TOKENIZER, CONFIG} <= {path.name for path in paths}
    assert sum(path.stat().st_size for path in paths) <= LARGEST


def test_it_is_of_our_family_has_all_labels_and_thresholds_of_its_own() -> None:
    config = Config.read(shipped())

    assert config.name.startswith("waypost-")
    assert config.labels == ALL_LABELS
    assert "waypost" in Thresholds.load().by_model


async def test_of_our_own_held_out_messages_it_holds_few_harmless_ones_and_six_in_seven_insults(
    scorer: Scorer,
) -> None:
    held_out = [row for row in recovery_rows() if row.part is Part.HELD_OUT]

    figures = await evaluate(scorer, held_out, Thresholds.load(), quiet=True)

    harmless = figures.together.harmless_held
    harmful = [figures.kinds[kind].harmful_held for kind in ("insult", "threat", "contempt")]
    assert harmless.of > 500
    assert harmless.count / harmless.of <= 0.03
    assert sum(share.of for share in harmful) > 80
    assert sum(share.count for share in harmful) / sum(share.of for share in harmful) >= 0.85


@pytest.mark.parametrize(
    "text",
    [
        "what a shit fucking week, I hate this illness",
        "I relapsed last night and I feel like a worthless junkie.",
        "He called me a worthless idiot in front of the kids. I did not answer.",
        "I am a gay Muslim man, nine months clean, and I am tired of hiding.",
        "Good morning all. Day four. Coffee and a biscuit, that is the plan.",
        "",
    ],
)
async def test_people_may_swear_about_a_hard_day_and_say_who_they_are(scorer: Scorer, text: str) -> None:
    finding = Thresholds.load().judge((await scorer.score([text]))[0], scorer.name)

    assert finding is None


@pytest.mark.parametrize(
    "text",
    [
        "You are a worthless junkie and everybody here knows it.",
        "You're pathetic, go and kill yourself.",
        "You are a w0rthl3ss id10t.",
        "y o u  a r e  p a t h e t i c, you stupid bitch",
        "I know where you live and I will break your legs.",
    ],
)
async def test_insults_and_threats_wait_for_a_person_however_they_are_spelt(
    scorer: Scorer, text: str
) -> None:
    verdict = await Pipeline(scorer, deadline=30).screen(Draft(text))

    assert verdict.outcome is Outcome.HOLD
    assert scorer.name in {found.model for found in verdict.findings}


async def test_short_lines_of_every_day_are_shown_and_hardly_ever_alarm_anybody(scorer: Scorer) -> None:
    pipeline = Pipeline(scorer, deadline=30)
    lines = SHORT_LINES.read_text("utf-8").splitlines()

    verdicts = [await pipeline.screen(Draft(line)) for line in lines]

    alarming = [found for verdict in verdicts for found in verdict.findings if found.lane is Lane.CARE]
    assert len(lines) > 100
    assert all(verdict.outcome < Outcome.MASK for verdict in verdicts)
    assert len(alarming) <= len(lines) * 0.03


async def test_what_hosts_announce_and_people_say_quietly_is_hardly_ever_held_or_taken_for_danger(
    scorer: Scorer,
) -> None:
    pipeline = Pipeline(scorer, deadline=30)
    texts = unescaped(GATHERING_LINES)

    verdicts = [await pipeline.screen(Draft(text)) for text in texts]

    alarming = [found for verdict in verdicts for found in verdict.findings if found.lane is Lane.CARE]
    assert len(texts) > 60
    assert sum(verdict.outcome >= Outcome.MASK for verdict in verdicts) <= len(texts) * 0.05
    assert len(alarming) <= len(texts) * 0.05


@pytest.mark.parametrize("lines", [SHORT_LINES, GATHERING_LINES])
def test_none_of_these_lines_was_trained_on(lines: Path) -> None:
    trained = {row.text.casefold().strip(".!? ") for row in concern_rows()}

    assert not trained & {text.casefold().strip(".!? ") for text in unescaped(lines)}


def unescaped(lines: Path) -> list[str]:
    """Return the texts of a file with one on each line, where two signs stand for a break."""
    return [line.replace("\\n", "\n") for line in lines.read_text("utf-8").splitlines()]


async def test_a_text_of_any_length_gets_an_answer(scorer: Scorer) -> None:
    long = "You are a worthless idiot. " + "A calm walk by the sea. " * 4_000
    scores = await scorer.score([long[:100_000], "\ud800 lone", ""])

    assert scores[0]["insult"] > scores[2]["insult"]
    assert all(0 <= value <= 1 for one in scores for value in one.values())
