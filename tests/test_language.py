"""The house speaks as it asks others to: no term of "Words Matter" about people in what we show."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from moderation.stages.language import found_in

ROOT = Path(__file__).parent.parent
CODE = re.compile(r"\{#[^#]*#\}|\{%[^%]*%\}|\{\{[^}]*\}\}")
TAG = re.compile(r"<[^<>]*>")
CALL = re.compile(r"(?<!\w)_\(\s*(['\"])([^'\"]*)\1")


def shown() -> Iterator[tuple[str, str]]:
    """Yield file and text of everything that people read: templates, marked words, the README."""
    for file in sorted((ROOT / "templates").rglob("*.html")):
        html = file.read_text("utf-8")
        yield from ((name_of(file), found.group(2)) for found in CALL.finditer(html))
        yield name_of(file), TAG.sub("\n", CODE.sub("\n", html))
    for file in sorted((ROOT / "forum").rglob("*.py")):
        yield from ((name_of(file), words) for words in marked(file))
    yield "README.md", (ROOT / "README.md").read_text("utf-8")


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def marked(file: Path) -> Iterator[str]:
    """Yield the words of every N_("…") in a source file."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_":
            yield from (
                one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
            )


def test_what_we_show_describes_nobody_in_terms_that_carry_stigma() -> None:
    hits = [f"{name}: {text[span.start : span.end]}" for name, text in shown() for span in found_in(text)]

    assert hits == []


def test_there_is_something_to_read() -> None:
    assert {name.split("/")[0] for name, _ in shown()} == {"templates", "forum", "README.md"}
