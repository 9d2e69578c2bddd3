"""What every guest can do: raise a hand, pass, send a word to who shares, vote for a question."""

from collections.abc import Mapping

from sqlmodel import col, update

from forum.database import Transaction
from forum.errors import Forbidden, ForumError
from forum.language import N_
from forum.meetings import questions, turns
from forum.meetings.acts import Act, Verb
from forum.meetings.finding import Held
from forum.meetings.tables import Turn
from forum.meetings.telling import REACTIONS

NO_VOTES = N_("The hosts of this meeting do not ask for votes.")


async def _raise(tx: Transaction, held: Held, act: Act) -> bool:
    return await turns.raise_hand(tx, await turns.floor_of(tx, held, act.now), act.viewer.id)


async def _end(tx: Transaction, held: Held, act: Act) -> bool:
    return await turns.end_turn(tx, await turns.floor_of(tx, held, act.now), act.viewer.id)


async def _react(tx: Transaction, held: Held, act: Act) -> bool:
    floor, word = await turns.floor_of(tx, held, act.now), act.form.get("word", "")
    sharing = floor.sharing
    if word not in REACTIONS:
        raise ForumError
    if sharing is None or sharing.id != act.seen or sharing.account_id == act.viewer.id:
        return False
    counted = {word: getattr(Turn, word) + 1}
    await tx.session.exec(update(Turn).where(col(Turn.id) == sharing.id).values(counted))
    await tx.session.refresh(sharing)
    return True


async def _vote(tx: Transaction, held: Held, act: Act) -> bool:
    if not held.gathering.votes_on_questions:
        raise Forbidden(NO_VOTES)
    question = await questions.open_question(tx.session, held, act.id("question"))
    return await questions.vote(tx, question, act.viewer.id, wanted=act.form.get("do") == "vote")


OF_GUESTS: Mapping[str, tuple[str, Verb]] = {
    "raise": ("turn", _raise),
    "lower": ("turn", _end),
    "pass": ("turn", _end),
    "done": ("turn", _end),
    "react": ("turn", _react),
    "vote": ("question", _vote),
    "unvote": ("question", _vote),
}
