"""Claims about the corpus: ours is large and fair enough, and another's is read, or refused by line."""

import json
from collections import Counter
from pathlib import Path

import pytest

import moderation.evaluation
from moderation.evaluation.corpus import Answer, Case, Part, only, our_cases, read_cases
from moderation.toxicity.training.corpus import NOT_LETTERS, own_rows
from moderation.toxicity.training.corpus import Part as Trained
from tests.moderation.evaluation.cases import case

BLIND = Path(moderation.evaluation.__file__).with_name("blind.jsonl")
SECRET = "Robin was here"
GOOD = {"text": SECRET, "want": "private", "kind": "name"}


def letters(text: str) -> str:
    return NOT_LETTERS.sub("", text.casefold())


def written(folder: Path, *lines: object) -> Path:
    file = folder / "cases.jsonl"
    file.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines), "utf-8")
    return file


def test_ours_has_enough_that_is_dangerous_for_every_stage() -> None:
    dangerous = Counter(one.stage for one in our_cases() if not one.harmless)

    assert dangerous.keys() == {"care", "language", "misinformation", "privacy", "sourcing", "spam"}
    assert min(dangerous.values()) >= 150


def test_ours_has_enough_that_is_harmless_for_every_stage() -> None:
    harmless = Counter(one.stage for one in our_cases() if one.harmless)

    assert harmless.total() >= 600
    assert min(harmless.values()) >= 100


def test_in_ours_every_text_is_there_once() -> None:
    texts = Counter(one.text for one in our_cases())

    assert texts.most_common(1)[0][1] == 1


def test_ours_has_two_parts_with_the_same_kinds() -> None:
    tuned, checked = ({(one.stage, one.kind, one.want) for one in only(our_cases(), part)} for part in Part)

    assert tuned == checked
    assert all(one.part for one in our_cases())


def test_the_blind_set_has_some_of_every_answer_and_nothing_of_ours() -> None:
    blind = read_cases(BLIND)
    wanted = Counter(one.want for one in blind)

    assert wanted.keys() == set(Answer)
    assert min(wanted.values()) >= 30
    assert wanted[Answer.PUBLISH] >= 150
    assert {letters(one.text) for one in blind}.isdisjoint(letters(one.text) for one in our_cases())


def test_nothing_that_we_measure_with_was_trained_on() -> None:
    trained = {letters(row.text) for row in own_rows() if row.part is Trained.TRAINING}

    assert trained.isdisjoint(letters(one.text) for one in (*our_cases(), *read_cases(BLIND)))


def test_ours_says_what_the_details_are_wherever_they_must_not_be_shown() -> None:
    private = [one for one in our_cases() if one.want is Answer.PRIVATE]

    assert all(one.details for one in private)


def test_a_file_needs_no_more_than_text_want_and_kind(tmp_path: Path) -> None:
    [read] = read_cases(written(tmp_path, GOOD))

    assert read == Case(SECRET, Answer.PRIVATE, "name")


def test_a_file_may_say_more(tmp_path: Path) -> None:
    more = {"stage": "privacy", "part": "check", "details": ["Robin"], "by": "us"}

    [read] = read_cases(written(tmp_path, GOOD | more))

    assert read == Case(SECRET, Answer.PRIVATE, "name", "privacy", Part.CHECK, ("Robin",))


def test_empty_lines_a_mark_at_the_start_and_unicode_line_ends_change_nothing(tmp_path: Path) -> None:
    odd = json.dumps(GOOD | {"text": "one\u2028two"}, ensure_ascii=False)

    read = read_cases(written(tmp_path, "\ufeff" + json.dumps(GOOD), "", odd + "\r", ""))

    assert [one.text for one in read] == [SECRET, "one\u2028two"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{" + SECRET, "not JSON"),
        ("[" * 100_000, "not JSON"),
        (json.dumps([SECRET]), "one object"),
        ({"want": "hold", "kind": "x"}, "`text` must be there"),
        (GOOD | {"text": ""}, "`text` must be there"),
        (GOOD | {"kind": 3}, "`kind` must be there"),
        (GOOD | {"want": SECRET}, "`want` must be one of: publish, nudge, private, hold, care"),
        (GOOD | {"part": SECRET}, "`part` must be one of: tune, check"),
        (GOOD | {"stage": [SECRET]}, "`stage` must be there, and be words"),
        (GOOD | {"details": SECRET}, "`details` must be a list"),
        (GOOD | {"details": ["Robyn"]}, "`details` must be a list of what stands in the text"),
        (GOOD | {"details": [""]}, "a detail must not be empty"),
    ],
)
def test_a_line_that_makes_no_sense_is_named_and_never_quoted(tmp_path: Path, line: object, why: str) -> None:
    with pytest.raises(ValueError, match="line 2: ") as raised:
        read_cases(written(tmp_path, GOOD, line))

    assert why in str(raised.value)
    assert SECRET not in str(raised.value)


def test_a_file_in_another_encoding_is_refused_by_line(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_bytes(json.dumps(GOOD | {"text": "é"}, ensure_ascii=False).encode("latin-1"))

    with pytest.raises(ValueError, match="line 1: this is not UTF-8"):
        read_cases(file)


def test_a_file_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="has no cases"):
        read_cases(written(tmp_path, ""))


def test_one_part_leaves_the_other_out() -> None:
    tuned, checked, neither = case(part="tune"), case(part="check"), case()

    assert only([tuned, checked, neither], Part.CHECK) == [checked]
    assert only([tuned, checked, neither], None) == [tuned, checked, neither]
    with pytest.raises(ValueError, match="no cases of the part tune"):
        only([checked], Part.TUNE)
