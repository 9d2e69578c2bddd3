"""Collects every sentence that is to be translated; as a program, writes the template for translators."""

from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from forum.language import FOLDER
from forum.notes.notes import all_notes
from forum.settings import ROOT

TEMPLATE = FOLDER / "waypost.pot"
KEYWORDS = {"N_": None, "_": None, "ngettext": (1, 2)}
METHODS = [("forum/**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"newstyle_gettext": "true", "trimmed": "false"}}


def collect() -> Catalog:
    """Return every marked sentence of the code and the templates, with where it stands."""
    catalog = Catalog(project="Waypost", version="1", charset="utf-8", fuzzy=False)
    found = extract_from_dir(
        ROOT, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",)
    )
    for note in all_notes().values():
        catalog.add(note.statement.msgid, locations=[("forum/notes/notes.toml", 0)])
    for filename, _line, message, comments, _context in sorted(found, key=lambda one: (one[0], one[1])):
        if filename.startswith(("forum/", "templates/")):
            catalog.add(message, locations=[(filename, 0)], auto_comments=comments)
    return catalog


def written(catalog: Catalog) -> bytes:
    """Return the catalogue as a .pot file, the same for the same sentences."""
    out = BytesIO()
    write_po(out, catalog, omit_header=True, include_lineno=False, width=100, sort_by_file=True)
    return out.getvalue()


if __name__ == "__main__":
    TEMPLATE.write_bytes(written(collect()))
