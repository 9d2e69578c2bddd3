"""Claims about the corpus: what a file may hold, and which part a row is in for ever."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.training.corpus import (
    HELD_OUT_SHARE,
    IDENTITY_BIAS,
    NOT_LETTERS,
    CorpusError,
    Part,
    Row,
    known,
    part_of,
    read_rows,
)

TABLE = 'text,toxicity,threat,source\n"One, two.",1,,mine\nThree.,0,1,\n'


def written(folder: Path, content: str | bytes, name: str = "rows.csv") -> Path:
    path = folder / name
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


@pytest.mark.parametrize("name", ["rows.csv", "rows.csv.gz"])
def test_a_file_is_read_plain_or_compressed(tmp_path: Path, name: str) -> None:
    first, second = read_rows(written(tmp_path, TABLE, name))

    assert (first.text, first.source) == ("One, two.", "mine")
    assert (second.text, second.source) == ("Three.", "unnamed")


def test_an_empty_label_or_a_column_that_is_not_there_is_unknown_and_never_0(tmp_path: Path) -> None:
    first, second = read_rows(written(tmp_path, TABLE))

    assert first.labels == (1.0, *[None] * (len(ALL_LABELS) - 1))
    assert second.labels == (0.0, None, None, 1.0, *[None] * (len(ALL_LABELS) - 4))


def test_known_gives_the_rows_whose_source_labelled_it(tmp_path: Path) -> None:
    rows = read_rows(written(tmp_path, TABLE))

    assert known(rows, "threat") == [(rows[1], 1.0)]
    assert [value for _, value in known(rows, "toxicity")] == [1.0, 0.0]
    assert known(rows, "insult") == []


def test_a_text_is_cleaned_as_it_will_be_when_scored(tmp_path: Path) -> None:
    path = written(tmp_path, 'text,toxicity\n"so\u200b  it\n goes",0\n')

    assert read_rows(path)[0].text == "so it goes"


def test_a_mark_of_the_byte_order_is_no_part_of_a_column(tmp_path: Path) -> None:
    assert len(read_rows(written(tmp_path, "\ufeff" + TABLE))) == 2


def test_columns_that_nobody_asked_for_are_left_alone(tmp_path: Path) -> None:
    [row] = read_rows(written(tmp_path, "id,text,toxicity,votes\n7,quiet,1,3\n"))

    assert (row.text, row.labels[0]) == ("quiet", 1.0)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "line 1: there must be a column `text`"),
        ("toxicity\n1\n", "line 1: there must be a column `text`"),
        ("text,source\nquiet,mine\n", "and at least one of: toxicity, severe_toxicity"),
        ("text,toxicity,toxicity\nquiet,1,1\n", "line 1: each column can be there only once"),
        ("text,toxicity\n", "line 2: there are no rows"),
        ("text,toxicity\nquiet,1\nquiet,2\n", "line 3: a label is 1, 0 or empty"),
        ('text,toxicity\n"quiet\nplease",yes\n', "line 3: a label is 1, 0 or empty"),
        ("text,toxicity\nquiet, please,1\n", "line 2: there must be as many fields as columns"),
        ("text,toxicity\nquiet\n", "line 2: there must be as many fields as columns"),
        ("text,toxicity,part\nhello,1,quiet\n", "line 2: a part is training, held-out or empty"),
        (b"text,toxicity\n\xff\xfequiet,1\n", "cannot be read as a csv"),
        ('text,toxicity\n"' + "quiet" * 300_000 + '",1\n', "cannot be read as a csv"),
    ],
)
def test_what_makes_no_sense_is_named_with_its_line_and_without_its_words(
    tmp_path: Path, content: str | bytes, words: str
) -> None:
    path = written(tmp_path, content)

    with pytest.raises(CorpusError, match="^" + str(path)) as caught:
        read_rows(path)

    assert words in str(caught.value)
    assert "quiet" not in str(caught.value)


def test_a_compressed_file_that_was_cut_short_or_damaged_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(TABLE.encode() + b"calm,0,0,mine\n" * 5_000)
    short, damaged, none_at_all = tmp_path / "short.gz", tmp_path / "damaged.gz", tmp_path / "none.gz"
    short.write_bytes(whole[:-20])
    damaged.write_bytes(whole[:12] + b"\xff" * 20 + whole[32:])
    none_at_all.write_bytes(TABLE.encode())

    for path in (short, damaged, none_at_all, tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(CorpusError, match="cannot be read as a csv of texts and labels"):
            read_rows(path)


@given(st.text())
def test_the_part_of_a_text_depends_on_its_letters_and_digits_only(text: str) -> None:
    assert part_of(text) is part_of("  ".join(text.split()) + "!") is part_of(NOT_LETTERS.sub("-", text))


def test_letters_small_or_large_are_the_same_part_and_a_share_is_held_out() -> None:
    texts = [f"Message number {number}" for number in range(5_000)]

    held_out = sum(part_of(text) is Part.HELD_OUT for text in texts)

    assert abs(held_out / len(texts) - HELD_OUT_SHARE) < 0.02
    assert all(part_of(text) is part_of(text.upper()) for text in texts)


def test_a_part_never_changes() -> None:
    held_out = [number for number in range(40) if part_of(f"text {number}") is Part.HELD_OUT]

    assert held_out == [16, 34]


def test_templated_sentences_share_the_part_of_the_identity_that_they_name(tmp_path: Path) -> None:
    sentences = {
        "name_adj": "Ann is a kind {}.",
        "being_adj": "Being {} is awful.",
        "you_are_adj": "You are an evil {}",
        "you_occupation": "you are a great {}",
        "verb_adj": "respect {}",
        "am_hate_adj": "I hate {}",
    }
    terms = [f"term{number} person" for number in range(60)]
    lines = [f"{text.format(term)},1,{kind}\n" for kind, text in sentences.items() for term in terms]

    rows = read_rows(written(tmp_path, "text,toxicity,template\n" + "".join(lines)))

    assert {row.source for row in rows} == {IDENTITY_BIAS}
    assert {row.kind for row in rows} == set(sentences)
    assert [row.part for row in rows] == [part_of(term) for term in terms] * len(sentences)
    assert {row.part for row in rows} == set(Part)


def test_a_template_that_we_do_not_know_is_parted_by_its_text(tmp_path: Path) -> None:
    [row] = read_rows(written(tmp_path, "text,toxicity,template\nso it goes,0,mine\n"))

    labels = (0.0, *[None] * (len(ALL_LABELS) - 1))
    assert row == Row("so it goes", labels, IDENTITY_BIAS, part_of("so it goes"), "mine")
