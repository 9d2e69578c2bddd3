"""From a row to what a reader sees."""

from dataclasses import replace

from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.messages.tables import Message, State
from forum.notes.notes import Note
from forum.shown import Answered, Author, Shown
from moderation.markup import render

DEEPEST_SHOWN = 6
NOTHING = render("")


def author_of(account: Account) -> Author:
    """Return the account as the author of something."""
    return Author(account.id, account.handle, Role(account.role).words)


def show(
    message: Message, account: Account, *, parent: Answered | None = None, note: Note | None = None
) -> Shown:
    """Return the message as anybody in the place sees it: without words unless it is published.

    `note` is what `source_notes.notes_in_force` gives for the class that the message names.
    """
    public = message.state == State.PUBLISHED
    return Shown(
        id=message.id,
        seq=message.seq,
        author=author_of(account),
        html=message.html if public else NOTHING,
        title=message.title if public else "",
        at=message.published_at or message.created_at,
        edited_at=message.edited_at if public else None,
        state=message.state,
        depth=min(message.depth, DEEPEST_SHOWN),
        parent=parent,
        is_opening=message.is_opening,
        can_reply=public,
        note=note if public else None,
    )


def show_own(message: Message, account: Account, reasons: tuple[str, ...] = ()) -> Shown:
    """Return a message as its author sees it: with its words, whatever became of it."""
    shown = show(message, account)
    return replace(shown, html=message.html, title=message.title, mine=True, reasons=reasons, can_reply=False)


def show_to(shown: Shown, viewer: Viewer | None, read_to: int | None = None) -> Shown:
    """Return the message as this reader sees it; `read_to` is the seq they had read to before."""
    mine = viewer is not None and shown.author.id == viewer.id
    fresh = not mine and read_to is not None and shown.seq is not None and shown.seq > read_to
    return replace(shown, mine=mine, is_new=fresh, can_reply=shown.can_reply and viewer is not None)
