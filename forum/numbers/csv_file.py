"""The numbers as CSV files, as RFC 4180 describes them: only what is told on the page, `<5` for 1 to 4."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO

from forum.calendar.kinds import Kind
from forum.feedback.questions import CHOICES, Choice, Question
from forum.language import Words
from forum.numbers.attending import CAME, HAD_SEAT, LEFT_WAITING, SIGNED_UP
from forum.numbers.pooling import Block
from forum.numbers.reading import MonthNumbers
from forum.transparency.csv_file import FEWER, TOGETHER, harmless

Say = Callable[[Words], str]
Row = tuple[str, ...]

NUMBERS = ("month", "table", "item", "words", "value")
DATES = ("month", "dates", "kinds", "words", "signed_up", "had_a_seat", "came", "waiting_list_left")
COLUMNS = (SIGNED_UP, HAD_SEAT, CAME, LEFT_WAITING)
OTHERS = "all-others"


def numbers_csv(months: Sequence[MonthNumbers], say: Say) -> str:
    """Return a row for every number of every month; an empty value is one that is not told."""
    return _file(NUMBERS, ((str(one.month), *row) for one in months for row in _numbers(one, say)))


def dates_csv(months: Sequence[MonthNumbers], say: Say) -> str:
    """Return a row for every date, or for several that are told together; days are in UTC."""
    return _file(DATES, (_block(one, block, say) for one in months for block in one.pooled.blocks))


def _file(header: Row, rows: Iterable[Row]) -> str:
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return file.getvalue()


def _numbers(one: MonthNumbers, say: Say) -> Iterator[Row]:
    for kind, count in sorted(one.held.items()):
        yield "gatherings", kind, say(Kind(kind).words), str(count)
    fewer = "" if one.pooled.parts else FEWER
    for table, ways, few in (("signed-up", SIGNED_UP, fewer), ("came", CAME, "")):
        yield table, "all", "", _value(one.pooled.told(ways), few)
        for kinds, words, blocks in _by_kinds(one, say):
            yield table, kinds, words, _value(one.pooled.told(ways, blocks))
    yield "returning", "all", "", _value(one.returning.total, FEWER)
    for kind, count in one.returning.told.rows:
        yield "returning", kind, say(Kind(kind).words), str(count)
    if one.returning.told.rows and one.returning.told.others:
        yield "returning", OTHERS, say(TOGETHER), str(one.returning.told.others)
    for question in Question:
        yield from _feedback(one, question, say)


def _by_kinds(one: MonthNumbers, say: Say) -> Iterator[tuple[str, str, list[Block]]]:
    blocks = one.pooled.blocks if one.pooled.parts else ()
    for kinds in sorted({_key(block) for block in blocks}):
        ours = [block for block in blocks if _key(block) == kinds]
        yield kinds, _words(ours[0], say), ours


def _feedback(one: MonthNumbers, question: Question, say: Say) -> Iterator[Row]:
    told = one.feedback[question]
    for choice, count in told.rows:
        yield str(question), choice, say(CHOICES[question][Choice(choice)]), str(count)
    if told.rows and told.others:
        yield str(question), OTHERS, say(TOGETHER), str(told.others)


def _block(one: MonthNumbers, block: Block, say: Say) -> Row:
    days = " ".join(f"{date.starts_at:%Y-%m-%d}" for date in block.dates)
    few = FEWER if not one.pooled.parts else ""
    told = [_value(one.pooled.told(ways, [block]), few if ways == SIGNED_UP else "") for ways in COLUMNS]
    return str(one.month), days, _key(block), _words(block, say), *told


def _key(block: Block) -> str:
    return " ".join(sorted(block.kinds))


def _words(block: Block, say: Say) -> str:
    return ", ".join(sorted(say(Kind(kind).words) for kind in block.kinds))


def _value(count: int | None, few: str = "") -> str:
    return few if count is None else str(count)
