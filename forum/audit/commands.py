"""`waypost audit …`: to verify the log, and to read it."""

import re
from collections.abc import Awaitable, Callable
from typing import Annotated

import typer
from sqlmodel import col, select

from forum.audit.chain import Fault
from forum.audit.tables import AuditEntry
from forum.audit.verifying import Known, Verified, verify
from forum.services import Services

KNOWN = re.compile(r"(\d{1,18}):([0-9a-f]{64})")

Run = Callable[[Callable[[Services], Awaitable[None]]], None]
"""Opens the services, lets them be used, and closes them."""


def audit_commands(run: Run) -> typer.Typer:
    """Return the commands of the log; `run` opens what they need."""
    audit = typer.Typer(help="Verify the log of what was decided and changed, or read it.")

    @audit.command("verify")
    def do_verify(
        known: Annotated[str, typer.Option(help="What an earlier run said to write down, SEQ:HASH.")] = "",
    ) -> None:
        """Read the whole log and tell every change, gap and move; ends with 1 where there is one."""
        written_down = _known(known)
        run(lambda services: _verify(services, written_down))

    @audit.command("show")
    def do_show(
        act: Annotated[str | None, typer.Option(help="Only these, such as role or ruling.")] = None,
        limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many, counted from the end.")] = 20,
    ) -> None:
        """Print the last entries, the newest at the end."""
        run(lambda services: _show(services, act, limit))

    return audit


async def _verify(services: Services, known: Known | None) -> None:
    told = await verify(services.database, _tell, known)
    for line in summary(told):
        typer.echo(line)
    if told.faults:
        raise typer.Exit(1)


async def _show(services: Services, act: str | None, limit: int) -> None:
    query = select(AuditEntry).order_by(col(AuditEntry.seq).desc()).limit(limit)
    async with services.database.reading() as session:
        entries = (await session.exec(query.where(AuditEntry.act == act) if act else query)).all()
    for entry in reversed(entries):
        typer.echo(line(entry))


def line(entry: AuditEntry) -> str:
    """Return an entry as one line."""
    actor = "-" if entry.actor_id is None else f"account:{entry.actor_id}"
    moment = entry.at.isoformat(timespec="seconds").replace("+00:00", "Z")
    return f"{entry.seq}  {moment}  {entry.act}  {entry.subject}  by {actor}  {entry.details}"


def summary(told: Verified) -> list[str]:
    """Return what to print of a log that was read."""
    entries = "1 entry" if told.entries == 1 else f"{told.entries} entries"
    if told.faults:
        things = "1 thing is" if told.faults == 1 else f"{told.faults} things are"
        return [f"{entries} read: {things} not as written."]
    if not told.entries:
        return ["The log is empty."]
    return [
        f"{entries}, each as it was written. The log ends with {told.seq}:{told.hash}",
        "Write that down elsewhere; `waypost audit verify --known` tells whether it still holds.",
    ]


def _tell(fault: Fault) -> None:
    typer.echo(f"NO  {fault}")


def _known(told: str) -> Known | None:
    if not told:
        return None
    found = KNOWN.fullmatch(told)
    if found is None:
        raise typer.BadParameter("It looks like 17:5f3a…, a number and the 64 signs of a hash.")
    return Known(int(found[1]), found[2])
