"""The rules of the house that matter: floors, the one door, the one sanitiser, a test for every file."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("moderation", "realtime", "forum")

FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"moderation", "realtime", "forum.settings", "forum.language", "forum.one_trip", "forum.mail"}),
    frozenset({"forum.reach", "forum.notes"}),
    frozenset({"forum.errors", "forum.guidelines", "forum.shown", "forum.passwords", "forum.logs"}),
    frozenset(
        {
            "forum.facts",
            "forum.rendering",
            "forum.cursor",
            "forum.in_force",
            "forum.engines",
            "forum.group_commit",
        }
    ),
    frozenset({"forum.database", "forum.web", "forum.broadcasts"}),
    frozenset({"forum.middleware", "forum.migrations", "forum.outages"}),
    frozenset({"forum.services"}),
    frozenset({"forum.jobs", "forum.naming", "forum.audit"}),
    frozenset({"forum.accounts"}),
    frozenset({"forum.spaces", "forum.mailing"}),
    frozenset({"forum.messages"}),
    frozenset({"forum.threads", "forum.rooms", "forum.profiles", "forum.policies", "forum.calendar"}),
    frozenset({"forum.review", "forum.notifications", "forum.home", "forum.meetings", "forum.feedback"}),
    frozenset({"forum.live", "forum.error_pages", "forum.wellbeing", "forum.reminders"}),
    frozenset({"forum.admin", "forum.desk", "forum.reactions", "forum.comparing", "forum.moving"}),
    frozenset({"forum.housekeeping", "forum.doctor", "forum.transparency", "forum.backtesting"}),
    frozenset({"forum.drafts", "forum.demo", "forum.numbers"}),
    frozenset({"forum.app"}),
    frozenset({"forum.serving"}),
    frozenset({"forum.plainly"}),
    frozenset({"forum.__main__"}),
)
"""The floors of ARCHITECTURE.md, the lowest first: a room imports only from floors below its own."""

EXCUSED = {"forum/migrations/env.py": "alembic runs it: tests/forum/migrations/test_running.py does too"}


@cache
def sources() -> tuple[Path, ...]:
    return tuple(
        sorted(
            file
            for package in PACKAGES
            for file in (ROOT / package).rglob("*.py")
            if "versions" not in file.parts and "__pycache__" not in file.parts
        )
    )


@cache
def text_of(file: Path) -> str:
    return file.read_text()


@cache
def nodes_of(file: Path) -> tuple[ast.AST, ...]:
    """Every node of the file, from the module on; parsed once for all rules."""
    return tuple(ast.walk(ast.parse(text_of(file))))


def module_name(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def imports_of(file: Path) -> tuple[str, ...]:
    found = []
    for node in nodes_of(file):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports relatively"
            found += [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
    return tuple(found)


def room_of(module: str) -> str | None:
    """Return the room that a module is in: the judge, the carrier, or a folder or file of forum."""
    parts = module.split(".")
    if parts[0] in ("moderation", "realtime"):
        return parts[0]
    return ".".join(parts[:2]) if parts[0] == "forum" and len(parts) > 1 else None


def floor_of(room: str) -> int:
    for number, rooms in enumerate(FLOORS):
        if room in rooms:
            return number
    raise AssertionError(f"{room} has no floor: give it one here and in ARCHITECTURE.md")


def test_imports_run_downward_only() -> None:
    upward = [
        f"{module_name(file)} imports {found}"
        for file in sources()
        if (room := room_of(module_name(file)))
        for found in imports_of(file)
        if (other := room_of(found)) and other != room and floor_of(other) >= floor_of(room)
    ]

    assert upward == []


def test_the_judge_and_the_carrier_know_neither_each_other_nor_the_memory() -> None:
    strangers = [
        f"{module_name(file)} imports {found}"
        for file in sources()
        if module_name(file).startswith(("moderation", "realtime"))
        for found in imports_of(file)
        if found.split(".")[0] in {*PACKAGES, "sqlmodel", "sqlalchemy"} - {module_name(file).split(".")[0]}
    ]

    assert strangers == []


def test_nothing_imports_in_a_circle() -> None:
    graph = {module_name(file): {f for f in imports_of(file) if f.startswith(PACKAGES)} for file in sources()}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, f"a circle: {' -> '.join((*path, module))}"
        if module in graph and module not in done:
            for found in graph[module]:
                if found in graph and found != module:
                    visit(found, (*path, module))
            done.add(module)

    for module in graph:
        visit(module, ())

    assert done == set(graph)


def test_every_room_has_its_place_in_the_architecture() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text()

    for rooms in FLOORS:
        for room in rooms:
            assert f"`{room.removeprefix('forum.')}`" in page, f"ARCHITECTURE.md does not name {room}"


# The one door


VISIBLE = frozenset({"text", "html", "title", "state"})
"""What others see of a message, and whether they do."""
DOOR = {
    "forum/messages/publishing.py": "submit: judged, and written",
    "forum/messages/placing.py": "published, changed, replaced",
    "forum/messages/withdrawing.py": "taking words away",
    "forum/messages/restoring.py": "putting them back, masked or as they were",
    "forum/messages/tables.py": "the table itself",
}


def writes_visible_text(file: Path) -> list[str]:
    """Where a file makes a Message, updates Messages, or sets what others see of one."""
    found = []
    for node in nodes_of(file):
        match node:
            case ast.Call(func=ast.Name(id="Message")):
                found.append(f"line {node.lineno} makes a Message")
            case ast.Call(func=ast.Name(id="insert" | "update" as verb), args=[ast.Name(id="Message"), *_]):
                found.append(f"line {node.lineno}: {verb}(Message)")
            case ast.Attribute(attr=name, ctx=ast.Store(), value=owner) if name in VISIBLE:
                if any(word in ast.unparse(owner) for word in ("message", "edit", "reply", "opening")):
                    found.append(f"line {node.lineno} sets {ast.unparse(node)}")
    return found


def test_submit_is_the_only_door_for_visible_text() -> None:
    others = {
        str(file.relative_to(ROOT)): found
        for file in sources()
        if str(file.relative_to(ROOT)) not in DOOR and (found := writes_visible_text(file))
    }

    assert others == {}


def test_the_door_itself_would_be_seen() -> None:
    assert writes_visible_text(ROOT / "forum/messages/publishing.py")
    assert writes_visible_text(ROOT / "forum/messages/withdrawing.py")


def test_only_the_pipeline_stands_between_a_name_and_its_row() -> None:
    """Handles, spaces and rooms have names before any message could: they come from `screen_name`."""
    makers = {"Account": "forum/accounts/signing_up.py", "Space": "forum/spaces/opening.py"}
    for name, only in makers.items():
        made = re.compile(rf"= {name}\(")
        made_in = [str(file.relative_to(ROOT)) for file in sources() if made.search(text_of(file))]

        assert made_in == [only]
        assert "screen_name(services" in (ROOT / only).read_text()


def test_only_a_transaction_commits() -> None:
    committing = [str(file.relative_to(ROOT)) for file in sources() if ".commit(" in text_of(file)]

    assert committing == ["forum/database.py", "forum/group_commit.py"]


def test_no_model_is_awaited_inside_a_transaction() -> None:
    """The pipeline is asked only where no `database.transaction()` is open."""
    for file in sources():
        for node in nodes_of(file):
            if isinstance(node, ast.AsyncWith) and ".transaction(" in ast.unparse(node.items[0]):
                inside = ast.unparse(ast.Module(body=node.body, type_ignores=[]))

                assert ".screen(" not in inside, f"{file.name}:{node.lineno}"
                assert "screen_name(" not in inside, f"{file.name}:{node.lineno}"


# The audit log


LOG = frozenset({"AuditEntry", "AuditHead"})
APPENDS = {
    "forum/audit/recording.py": {"AuditEntry()", "AuditHead()", "update(AuditHead)"},
    "forum/audit/verifying.py": {"AuditEntry()"},  # for a row that cannot be read, and kept nowhere
}
"""Who makes an entry, or moves the head; nobody changes or deletes an entry."""


def writes_of_the_log(file: Path) -> set[str]:
    """What a file makes, changes or deletes of the log, by class or by the names of its tables."""
    found = set[str]()
    for node in nodes_of(file):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in LOG:
                found.add(f"{name}()")
            case ast.Call(func=ast.Name(id=verb) | ast.Attribute(attr=verb), args=[told, *_]) if verb in (
                "insert",
                "update",
                "delete",
            ):
                found |= {f"{verb}({name})" for name in LOG if name in ast.unparse(told)}
            case ast.Constant(value=str(told)) if re.search(r"\baudit_(entry|head)\b", told):
                found.add("the table by its name")
    return found


def test_only_the_audit_room_appends_to_the_log_and_nobody_changes_it() -> None:
    writers = {
        str(file.relative_to(ROOT)): found
        for file in sources()
        if file != ROOT / "forum/audit/tables.py" and (found := writes_of_the_log(file))
    }

    assert writers == APPENDS


def test_whoever_reads_the_log_opens_no_transaction() -> None:
    """What is read through `reading()` cannot be kept, however it was changed."""
    readers = [file for file in sources() if "forum.audit.tables" in set(imports_of(file))]

    assert ROOT / "forum/audit/verifying.py" in readers
    assert [str(file.relative_to(ROOT)) for file in readers if ".transaction(" in file.read_text()] == []


def test_a_change_of_the_log_would_be_seen(tmp_path: Path) -> None:
    forging = tmp_path / "forging.py"
    forging.write_text(
        "session.exec(update(AuditEntry).values(act='x'))\n"
        "session.exec(sqlmodel.delete(AuditEntry.__table__))\n"
        "text('DELETE FROM audit_head')\n"
        "tables.AuditHead(seq=3)\n"
    )

    assert writes_of_the_log(forging) == {
        "update(AuditEntry)",
        "delete(AuditEntry)",
        "the table by its name",
        "AuditHead()",
    }


# The one sanitiser


def test_only_markup_makes_clean_html() -> None:
    made_in = [
        str(file.relative_to(ROOT)) for file in sources() if re.search(r"\bCleanHtml\(", text_of(file))
    ]

    assert set(made_in) <= {"moderation/markup.py"}


def test_only_the_column_type_reads_stored_html_back() -> None:
    readers = [
        str(file.relative_to(ROOT))
        for file in sources()
        if "moderation.markup.stored" in set(imports_of(file))
    ]

    assert readers == ["forum/messages/tables.py"]


def test_only_markup_imports_bleach() -> None:
    importers = {
        str(file.relative_to(ROOT))
        for file in sources()
        if any(found.startswith("bleach") for found in imports_of(file))
    }

    assert importers == {"moderation/markup.py"}


def test_no_template_marks_anything_safe() -> None:
    marked = [
        str(file.relative_to(ROOT))
        for file in (ROOT / "templates").rglob("*.html")
        if re.search(r"\|\s*safe\b|autoescape|Markup", file.read_text())
    ]

    assert marked == []


def test_markup_is_made_by_hand_only_for_times() -> None:
    makers = [str(file.relative_to(ROOT)) for file in sources() if "Markup(" in text_of(file)]

    assert makers == ["forum/rendering.py"]


# Pages


def test_no_page_asks_another_site_for_anything() -> None:
    attribute = r"""(?:src|srcset|action|poster)\s*=\s*["']\s*(?:https?:)?//"""
    pattern = re.compile(attribute + r"""|@import|url\(\s*["']?(?:https?:)?//""")
    asking = [
        str(file.relative_to(ROOT))
        for folder in ("templates", "static")
        for file in (ROOT / folder).rglob("*.*")
        if pattern.search(file.read_text())
    ]

    assert asking == []


def test_no_template_has_an_inline_script_style_or_handler() -> None:
    pattern = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+\s*=", re.IGNORECASE)
    inline = [
        str(file.relative_to(ROOT))
        for file in (ROOT / "templates").rglob("*.html")
        if pattern.search(file.read_text())
    ]

    assert inline == []


# Tests and files


def test_every_source_file_has_its_test() -> None:
    missing = [
        str(file.relative_to(ROOT))
        for file in sources()
        if file.name != "__init__.py" or file.parent.name == "stages"
        if str(file.relative_to(ROOT)) not in EXCUSED
        if not test_of(file).exists()
    ]

    assert missing == []


def test_of(file: Path) -> Path:
    name = file.stem.strip("_") if file.name != "__init__.py" else file.parent.name
    return ROOT / "tests" / file.relative_to(ROOT).parent / f"test_{name}.py"


test_of.__test__ = False  # type: ignore[attr-defined]


@pytest.mark.parametrize("word", ["utils", "helpers", "manager", "service", "base", "common", "misc"])
def test_no_file_is_named_after_nothing(word: str) -> None:
    named = [str(file) for file in sources() if word in {file.stem, file.parent.name}]

    assert named == []


def docstring_of(file: Path) -> str | None:
    module = nodes_of(file)[0]
    assert isinstance(module, ast.Module)
    return ast.get_docstring(module)


def test_every_module_says_what_lives_there() -> None:
    silent = [
        str(file.relative_to(ROOT))
        for file in [*sources(), *(ROOT / "tests").rglob("*.py")]
        if text_of(file).strip() and not docstring_of(file)
    ]

    assert silent == []


def test_nothing_prints_or_logs_what_people_write() -> None:
    """Log calls give ids, outcomes and types: never a text, a handle, an address or an exception's words."""
    telling = []
    for file in sources():
        for node in nodes_of(file):
            if isinstance(node, ast.Call) and re.match(r"(self\.)?_?log(ger)?\.\w+$", ast.unparse(node.func)):
                said = {keyword.arg for keyword in node.keywords}
                if said & {"text", "title", "html", "handle", "email", "address", "exc_info", "words"}:
                    telling.append(f"{file.name}:{node.lineno}")
                if any(ast.unparse(k.value) in ("str(error)", "error", "repr(error)") for k in node.keywords):
                    telling.append(f"{file.name}:{node.lineno}")

    assert telling == []
