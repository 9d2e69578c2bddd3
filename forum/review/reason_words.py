"""What authors read about a decision: what it is, what it means for them, and what they can do."""

from collections.abc import Mapping

from forum.language import N_, Words

SILENT = frozenset({"kept", "seen"})
"""Outcomes of which an author is told nothing, unless there is more to them than that."""

HEADINGS: Mapping[str, Words] = {
    "held": N_("Your message is waiting for a person"),
    "edit": N_("Your edit is waiting for a person"),
    "machine": N_("Your message is not published"),
    "refused": N_("Your message is not published"),
    "edit-refused": N_("Your edit is not published"),
    "asked-to-change": N_("You are asked to change your message"),
    "taken-down": N_("Your message was taken down"),
    "released": N_("Your message is published"),
    "released-masked": N_("Your message is published without the personal details"),
    "edit-released": N_("Your edit is published"),
    "kept": N_("Your message stays where it is"),
    "published": N_("Your message is published"),
    "withdrawn": N_("You withdrew this message"),
}
OTHERWISE = N_("What was decided about your message")

FOUND_BY: Mapping[str, Words] = {
    "machine": N_("A filter found it. It goes by rules and by a model, and can be wrong."),
    "person": N_("A person reported it. Nobody is told who."),
}
NOBODY_YET = N_("Nobody has decided yet. A person of the moderation team will.")
BY_PERSON = N_("A person of the moderation team decided.")
BY_MACHINE = N_("A filter decided. No person has looked at it yet.")

_STAYS_YOURS = N_("Nobody else can read it. You can change the words and send them again.")
MEANS: Mapping[str, tuple[Words, ...]] = {
    "held": (N_("Only you and the moderators can read it until then. It is kept as you wrote it."),),
    "edit": (N_("Until then, others see the message as it was."),),
    "machine": (_STAYS_YOURS,),
    "refused": (_STAYS_YOURS,),
    "edit-refused": (
        N_("Others see the message as it was before. You can change the words and send them again."),
    ),
    "asked-to-change": (N_("It is not published as it is. Change the words, and send them again."),),
    "taken-down": (N_("Others see that something stood there, and not what. Answers to it stay."),),
    "released-masked": (
        N_("What could tell others who or where somebody is was taken out. The rest stands as you wrote it."),
    ),
    "withdrawn": (N_("The words are gone, also for us. What was decided stays on record, without them."),),
}
WORDS_GONE = N_("The words themselves are not kept any more.")

MEASURES: Mapping[str, Words] = {
    "warn": N_("This is a word of warning. You can go on writing."),
    "pause": N_(
        "You have a pause from writing. You can read, and write to the moderation team from this page."
    ),
    "suspend": N_(
        "You cannot write here until the moderation team lifts it. You can read, and appeal from this page."
    ),
    "removal": N_("You cannot write in this room for now. Other places are open to you as before."),
}

APPEALS: Mapping[str, Words] = {
    "open": N_(
        "If you think that this is not right, say why. Somebody of the moderation team who did not decide it "
        "looks again, and answers you in words."
    ),
    "late": N_("This was decided more than six months ago, so it cannot be appealed any more."),
    "pending": N_(
        "You asked for this to be looked at again. Somebody who did not decide it reads your words."
    ),
    "upheld": N_("You appealed, and you were right: the decision was taken back."),
    "declined": N_("You appealed. Somebody else looked at it, and the decision stays."),
}

ABOUT_HANDLE = N_("Letters about your handle")
