"""Claims about the table of reminders: what counts until somebody chooses."""

from uuid import uuid4

from forum.reminders.choosing import minutes_in
from forum.reminders.tables import ReminderChoice


def test_until_chosen_reminders_come_a_day_and_an_hour_before_here_and_not_at_night() -> None:
    choice = ReminderChoice(account_id=uuid4())

    assert minutes_in(choice.minutes) == (1_440, 60)
    assert (choice.quiet_from, choice.quiet_until) == (22, 7)
    assert not choice.by_mail
    assert not choice.names_us
