"""What follows from a fact, in the same transaction: the one list of reactions."""

from forum.calendar.waiting import let_gather
from forum.database import Transaction
from forum.facts import Fact
from forum.meetings.keeping import keep_meetings
from forum.notifications.noticing import notice
from forum.policies.auditing import audit_page
from forum.reminders.afterwards import tell_hosts
from forum.reminders.news import remind
from forum.review.alerting import alert
from forum.review.items import queue_up

REACTIONS = (alert, queue_up, notice, let_gather, audit_page, keep_meetings, remind, tell_hosts)
"""Run in this order for every fact; one that raises undoes the transaction."""


async def react(tx: Transaction, fact: Fact) -> None:
    """Let every reaction see the fact before the commit."""
    for reaction in REACTIONS:
        await reaction(tx, fact)
