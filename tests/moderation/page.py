"""A fragment of HTML as an independent parser reads it."""

from html.parser import HTMLParser

Event = tuple[str, str, tuple[tuple[str, str | None], ...]]


class Page(HTMLParser):
    """Every start tag, end tag and stretch of text, in order; anything else is an `other`."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[Event] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.events.append(("start", tag, tuple(sorted(attrs))))

    def handle_endtag(self, tag: str) -> None:
        self.events.append(("end", tag, ()))

    def handle_data(self, data: str) -> None:
        self.events.append(("text", data, ()))

    def handle_comment(self, data: str) -> None:
        self.events.append(("other", data, ()))

    def handle_decl(self, decl: str) -> None:
        self.events.append(("other", decl, ()))

    def handle_pi(self, data: str) -> None:
        self.events.append(("other", data, ()))

    def unknown_decl(self, data: str) -> None:
        self.events.append(("other", data, ()))

    @property
    def tags(self) -> list[str]:
        return [name for kind, name, _ in self.events if kind == "start"]

    @property
    def text(self) -> str:
        return "".join(data for kind, data, _ in self.events if kind == "text")

    @property
    def links(self) -> list[str]:
        return [
            dict(attrs)["href"] or "" for kind, name, attrs in self.events if (kind, name) == ("start", "a")
        ]
