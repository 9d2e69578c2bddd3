"""Paths sort as people read: an answer right after what it answers and its earlier answers."""

from hypothesis import given
from hypothesis import strategies as st

from forum.messages.tree import DEEPEST, WIDTH, depth_of, path_under

TREES = st.lists(st.integers(0, 60), max_size=60)
"""For each message, which of the earlier ones it answers; too high a number: the place itself."""


def grown(answers: list[int]) -> list[tuple[str, int | None]]:
    """Return the path of each message and the one it answers."""
    tree: list[tuple[str, int | None]] = []
    for number, choice in enumerate(answers):
        parent = choice if choice < number else None
        tree.append((path_under("" if parent is None else tree[parent][0], number + 1), parent))
    return tree


def read(tree: list[tuple[str, int | None]], under: int | None = None) -> list[int]:
    """Return the order in which a person reads: each answer with all that follows from it."""
    order = []
    for number, (_, parent) in enumerate(tree):
        if parent == under:
            order += [number, *read(tree, number)]
    return order


@given(TREES)
def test_text_order_is_reading_order(answers: list[int]) -> None:
    tree = grown(answers)
    deep = any(depth_of(path) >= DEEPEST - 1 for path, _ in tree)

    by_path = sorted(range(len(tree)), key=lambda number: tree[number][0])

    assert deep or by_path == read(tree)


@given(TREES)
def test_paths_are_unique_and_fit_their_column(answers: list[int]) -> None:
    paths = [path for path, _ in grown(answers)]

    assert len(set(paths)) == len(paths)
    assert all(len(path) <= DEEPEST * WIDTH <= 160 for path in paths)


def test_below_the_deepest_level_answers_stand_beside_what_they_answer() -> None:
    path = ""
    depths = []
    for seq in range(1, DEEPEST + 6):
        before, path = path, path_under(path, seq)
        depths.append(depth_of(path))

        assert path > before

    assert depths == [*range(DEEPEST), *[DEEPEST - 1] * 5]


@given(st.integers(1, 36**WIDTH - 2))
def test_a_later_seq_sorts_later(seq: int) -> None:
    assert path_under("", seq) < path_under("", seq + 1)
    assert depth_of(path_under("", seq)) == 0
