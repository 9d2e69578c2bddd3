"""Forms as they stand in a page: where they go, and what a browser without scripts would send."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]
CHECKED = frozenset({"checkbox", "radio"})
TYPED = frozenset({"input", "textarea", "select", "button"})


@dataclass(slots=True)
class Form:
    """One form: its address, its fields with their values, and its buttons."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Of each select, the words and the value of its options."""
    names: set[str] = field(default_factory=set)
    """Of all that can be filled in or pressed."""


class _Reader(HTMLParser):
    """Reads the forms of a page, one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._select = self._area = ""
        self._option: str | None = None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(told.get("action", "")))
        elif self.forms and tag == "option" and self._select:
            self._option = told.get("value", "")
            form = self.forms[-1]
            if "selected" in told or not form.choices[self._select]:
                form.values[self._select] = self._option
        elif self.forms and tag in TYPED and told.get("name"):
            self._field(tag, told)

    def _field(self, tag: str, told: dict[str, str]) -> None:
        form, name = self.forms[-1], told["name"]
        form.names.add(name)
        if tag == "select":
            self._select = name
            form.choices.setdefault(name, [])
        elif tag == "textarea":
            self._area = name
        elif tag == "input" and (told.get("type") not in CHECKED or "checked" in told):
            form.values[name] = told.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""
        elif tag == "option":
            self._option = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1].values[self._area] = data.removeprefix("\n")
        elif self._option is not None and self._select:
            self.forms[-1].choices[self._select].append((data.strip(), self._option))


def forms_in(page: str) -> Iterator[Form]:
    """Yield the forms of a page."""
    reader = _Reader()
    reader.feed(page)
    yield from reader.forms
