"""Holds the same thing said again and again, within one text or across an author's last ten minutes."""

from collections import Counter
from collections.abc import Sequence

from moderation.draft import Draft, Kind
from moderation.verdict import Finding, Outcome

SAME_LETTERS = 20
"""Letters and digits from which a second copy is no coincidence."""
TIMES_RUNNING = 3
LINES_IN_A_LINE = 40
MOSTLY = 0.6
"""Share of a text that one sign, word or line may not pass, once there are so many of them; our choice."""
MANY_SIGNS, MANY_WORDS, MANY_LINES = 60, 20, 8


def repeated(draft: Draft) -> Finding | None:
    """Hold a copy of a recent text, if it is long enough to be one, or the third time running."""
    same = _essence(draft.text)
    before = [_essence(text) == same for text in draft.standing.recent]
    if len(same) >= SAME_LETTERS and any(before):
        return Finding("repeats", Outcome.HOLD, "the same text as a recent one")
    if len(before) >= TIMES_RUNNING - 1 and all(before[: TIMES_RUNNING - 1]):
        return Finding("repeats", Outcome.HOLD, f"the same text {TIMES_RUNNING} times running")
    return None


def flooding(draft: Draft) -> Finding | None:
    """Hold a text that is mostly one sign, word or line, or a chat line of very many lines."""
    folded = draft.text.casefold()
    lines = [line for line in map(str.strip, folded.splitlines()) if line]
    parts = folded.split()
    if draft.kind is Kind.LINE and len(lines) > LINES_IN_A_LINE:
        return Finding("flood", Outcome.HOLD, f"{len(lines)} lines in one chat line")
    counts = (("sign", "".join(parts), MANY_SIGNS), ("word", parts, MANY_WORDS), ("line", lines, MANY_LINES))
    for unit, sequence, many in counts:
        if len(sequence) >= many and _share(sequence) > MOSTLY:
            return Finding("flood", Outcome.HOLD, f"mostly one {unit}, over and over")
    return None


def _essence(text: str) -> str:
    """Return the letters and digits, casefolded; of a text without any, the text itself."""
    return "".join(filter(str.isalnum, text.casefold())) or text.strip()


def _share(sequence: Sequence[str]) -> float:
    return Counter(sequence).most_common(1)[0][1] / len(sequence)
