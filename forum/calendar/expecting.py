"""Who is expected at which date: whoever signed up for it, and whoever holds it and has not said no."""

from sqlalchemy import Integer, cast, false, null, true, union_all
from sqlmodel import and_, col, exists, func, select

from forum.calendar.tables import Coming, Host, Occurrence, SignUp

COMING = (Coming.YES, Coming.MAYBE)

_said = func.coalesce(col(SignUp.reply), Coming.YES.value)
_own = and_(col(SignUp.occurrence_id) == col(Occurrence.id), col(SignUp.account_id) == col(Host.account_id))
_held = and_(
    col(Host.gathering_id) == col(Occurrence.gathering_id), col(Host.account_id) == col(SignUp.account_id)
)
_guests = (
    select(  # type: ignore[call-overload]
        col(SignUp.occurrence_id).label("occurrence_id"),
        col(SignUp.account_id).label("account_id"),
        col(SignUp.reply).label("reply"),
        col(SignUp.queue_number).label("queue_number"),
        false().label("holds"),
    )
    .join(Occurrence, col(Occurrence.id) == col(SignUp.occurrence_id))
    .where(col(SignUp.reply).in_(COMING), ~exists().where(_held))
)
_hosts = (
    select(  # type: ignore[call-overload]
        col(Occurrence.id), col(Host.account_id), _said, cast(null(), Integer), true()
    )
    .select_from(Occurrence)
    .join(Host, col(Host.gathering_id) == col(Occurrence.gathering_id))
    .join(SignUp, _own, isouter=True)
    .where(_said.in_(COMING))
)
EXPECTED = union_all(_guests, _hosts).subquery("expected")
"""One row for each member and date: occurrence_id, account_id, reply, queue_number, holds.

A host needs no sign-up and waits for no place: without a word they come; `no` says that another one holds
that date. Whoever joins it asks for the columns of this, not for those of what it is joined to: then both
kinds of database look only at the dates, or the member, that are meant.
"""
