"""Classes of words that the signs are made of: who, whose, how much, when."""

from collections.abc import Mapping

KIN = (
    "mum mom mam mummy ma mother dad da daddy papa father parents son daughter brother sister bro sis "
    "husband hubby hubbys wife missus partner boyfriend girlfriend friend friends mate mates flatmate "
    "roommate housemate lodger nephew niece uncle auntie aunt aunty cousin sponsor sponsee ex stepdad "
    "stepfather stepmum stepson lad man woman guy bloke girl boy kid baby child nan nana gran grandad "
    "grandson granddaughter grandmother neighbour neighbor colleague tenant client landlord landlady "
    "fella fiance bhaiya sir pal buddy"
)
CLASSES: Mapping[str, tuple[str, ...]] = {
    "i": ("i",),
    "me": ("me", "myself", "i"),
    "my": ("my", "me", "i"),
    "they": ("he", "she", "they", "him", "her", "someone", "somebody", *KIN.split()),
    "self": ("himself", "herself", "themselves", "themself", "hisself", "theirself"),
    "kin": tuple(KIN.split()),
    "is": ("is", "'s", "are", "am", "was", "be", "been", "were", "has", "have", "had"),
    "now": ("now", "tonight", "today", "tomorrow", "soon", "again", "anymore", "still", "currently",
    "this_time"),
    "die": (
        "die", "be_dead", "kill_myself", "end_it", "end_it_all", "end_my_life", "end_things",
        "end_everything",
        "end_this_life", "take_my_life", "take_my_own_life", "end_my_own_life", "be_done_with_life",
        "top_myself", "off_myself", "finish_myself", "hang_myself", "drown_myself", "shoot_myself",
        "do_myself_in", "commit_suicide", "leave_this_world",
        "jump_off", "jump_in_front", "throw_myself", "suicide", "give_up_on_life",
        "kill_me", "be_in_the_ground", "join_him", "join_her", "join_them",
    ),
    "want": (
        "want", "wanting", "wanted", "wish", "wishing", "need", "going_to", "plan", "planning", "thinking_of",
        "thinking_about", "think_about", "think_of", "tempted", "ready", "decided", "considering",
        "would_like",
        "feel_like", "could", "might", "will", "ought", "urge", "hope", "hoping", "love_to", "about_to",
        "want_to", "thoughts_of", "trying", "planned", "intend", "deserve", "pray", "praying", "time",
    ),
    "pills": (
        "pill*", "tablet*", "meds", "medication", "xanax", "benzo*", "valium", "diazepam", "paracetamol",
        "oxys", "oxycodone", "oxycontin", "codeine", "tramadol", "methadone", "zopiclone", "pregabalin",
        "pregabs", "insulin", "prescription",
        "clonazepam", "sleepers", "fentanyl", "heroin", "gear", "smack", "coke", "ketamine", "ghb", "dope",
        "stuff",
        "morphine", "tylenol", "ibuprofen", "antidepressants", "capsules", "percs", "blues", "bars",
        "vallies",
    ),
    "downers": (
        "drink", "drinking", "drank", "drunk", "alcohol", "whiskey", "whisky", "vodka", "booze", "beer",
        "gin", "rum", "wine",
        "cider", "liquor", "benzo*", "xanax", "valium", "diazepam", "clonazepam", "klonopin", "lorazepam",
        "ativan", "alprazolam", "librium", "ghb", "gbl", "pregabalin", "gabapentin", "phenibut", "bottle",
        "vallies",
        "barbiturates", "bars", "etizolam", "zopiclone", "heroin", "dope", "methadone", "opiates", "oxys",
        "oxycodone", "oxycontin", "tablets",
        "baclofen", "spirits", "cans", "raki", "desi", "daru", "tramadol", "subs", "suboxone",
    ),
    "drug": (
        "drug", "drugs", "substance", "substances", "alcohol", "drink", "heroin", "smack", "coke",
        "cocaine", "crack",
        "meth", "ice", "weed", "cannabis", "skunk", "spice", "ketamine", "ket", "speed", "opiate",
        "opiates", "opioid",
        "opioids", "oxy", "oxys", "fentanyl", "pill", "pills", "tablet", "tablets", "painkiller",
        "painkillers", "meds",
        "medication", "prescription", "benzo", "benzos", "xanax", "valium", "codeine", "tramadol",
        "methadone",
        "solvent", "solvents", "gear", "dope", "needle", "gambling", "vodka", "steroid", "steroids", "ghb",
        "khat",
        "mdma", "pregabalin", "adderall", "glue", "gas", "scripts", "whisky", "whiskey", "booze", "wine",
        "sleeping_pills",
        "sleeping_tablets", "study_drugs", "intravenous", "iv", "injecting", "stimulants", "amphetamines",
        "hash",
    ),
    "days": (
        "christmas", "birthday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "tomorrow", "tonight", "weekend", "new_year", "morning", "easter", "summer", "next_week",
        "next_month",
        "spring", "this_week", "next_year", "year", "month", "week", "thirty", "forty",
    ),
    "body": (
        "arm", "arms", "wrist", "wrists", "thigh", "thighs", "leg", "legs", "stomach", "belly", "skin",
        "hand",
        "hands", "head", "hip", "hips", "own", "chest", "knuckles", "ankles", "face", "forearm", "shoulder",
    ),
}  # fmt: skip
_EVERYWHERE = (
    "'s a all am an and any are as at be been but by can could did do does for from get go going got "
    "had has have he her here him his i if in is it just like me more my no not now of off on one or "
    "out she so some that the their them there they this time to up us want was we were what will "
    "with would you your"
)
COMMON = frozenset(_EVERYWHERE.split())
"""Words that nearly every text has: no sign is looked up by them."""
