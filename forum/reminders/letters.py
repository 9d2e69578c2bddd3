"""The words of letters about dates: a title that tells nobody, the time, a link, and one that ends them."""

from collections.abc import Mapping

from forum.accounts.tables import Account
from forum.calendar.feeds.addresses import choice_of
from forum.calendar.feeds.dates import look_of
from forum.calendar.said_times import named_moment
from forum.language import N_
from forum.mail.letters import Letter
from forum.mailing.confirming import CONFIRM, word_confirmation
from forum.mailing.delivering import Word
from forum.mailing.tables import Outgoing
from forum.notifications.noticing import CANCELLED, MOVED, SEAT, SOON
from forum.reminders.choosing import wishes_of
from forum.reminders.dates import Told, still
from forum.reminders.tables import ReminderChoice
from forum.services import Services

TEXTS = {
    SOON: N_("%(title)s\n%(when)s\n\n%(link)s\n\nTo get no such letters any more: %(stop)s\n"),
    CANCELLED: N_(
        "%(title)s\nCancelled: %(when)s\n\n%(link)s\n\nTo get no such letters any more: %(stop)s\n"
    ),
    MOVED: N_("%(title)s\nMoved to: %(when)s\n\n%(link)s\n\nTo get no such letters any more: %(stop)s\n"),
    SEAT: N_(
        "%(title)s\nA place is yours: %(when)s\n\n%(link)s\n\nTo get no such letters any more: %(stop)s\n"
    ),
}


async def word_letter(services: Services, row: Outgoing, account: Account, token: str) -> Letter | None:
    """Word a letter about a date; None where it is not wanted, not true, or would come in quiet hours."""
    async with services.database.reading() as session:
        choice = await session.get(ReminderChoice, account.id)
        told = await still(session, row)
        look = look_of(services, await choice_of(session, account.id))
    wish = wishes_of(account, choice)
    # Planned for another time, it comes in quiet hours only where no worker was there in time.
    disturbs = row.kind == SOON and wish.quiet.begins(services.clock()) is not None
    if told is None or not wish.by_mail or account.email is None or disturbs:
        return None
    stop = f"{services.settings.origin}/reminders/stop/{token}"
    return Letter(
        to=account.email,
        subject=look.title,
        text=_text(services, row, told, {"title": look.title, "zone": account.time_zone, "stop": stop}),
        key=row.key,
        kind=row.kind,
        stop_url=stop,
        sender=services.settings.name if choice and choice.names_us else "",
    )


def _text(services: Services, row: Outgoing, told: Told, values: Mapping[str, str]) -> str:
    when = named_moment(told.date.starts_at, values["zone"], services.renderer.language.locale)
    link = f"{services.settings.origin}/gatherings/{told.date.id}"
    return services.renderer.say(N_(TEXTS[row.kind].msgid, **values, when=when, link=link))


KINDS: Mapping[str, Word] = {CONFIRM: word_confirmation, **dict.fromkeys(TEXTS, word_letter)}
"""Who words which kind of letter."""
