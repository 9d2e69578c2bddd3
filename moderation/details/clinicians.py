"""Named clinicians, with the place where they practise."""

import re
from collections.abc import Iterator

from moderation.details.detail import Detail, What
from moderation.details.people import CAP, PUBLIC
from moderation.details.vocabulary import vocabulary

NAME = rf"{CAP}(?: (?:[A-Z]\.? )?(?:van |von |de |al |el )?{CAP}){{0,3}}"
PRACTICE = (
    rf"(?:,? (?:at|from|of|in|over at|up at|out of) (?:the )?|, (?:the )?)(?:{CAP}(?:'s)? ){{1,4}}"
    r"(?:Surgery|Clinic|Hospital|Practice|Centre|Center|Health(?: Centre| Center)?|Infirmary|Medical(?: "
    r"Centre| Center)?|Unit|House|"
    r"Pharmacy|Rehab|Recovery|Hub|Wellness|Associates|Ward|Lodge|Trust|Group)(?!\w)"
)
TITLED = re.compile(
    rf"(?<!\w)(?:D(?:r|octor|oc|R)\.?|Prof(?:essor)?\.?|[Nn]urse|Consultant) (?P<name>{NAME})(?:{PRACTICE})?"
)
SMALL_TITLED = re.compile(
    r"(?<!\w)dr\.? (?P<name>[a-z][\w'-]{2,24})(?= (?:at|in|from|has|had|put|upped|said|says|gave|told|"
    r"cut|is|was|wants|on|over)\b|[,.!?]|$)"
)
ROLE = (
    r"(?:therapist|counsell?or|psych(?:iatrist|ologist)?|shrink|gp|doctor|doc|key ?worker|key-worker|"
    r"case ?worker|social worker|"
    r"support worker|probation officer|midwife|nurse|consultant|drug worker|recovery worker|prescriber|"
    r"pharmacist|chemist|"
    r"psychotherapist|case manager|cpn|care coordinator|dentist|surgeon|specialist|po)"
)
CARED = re.compile(
    rf"\b(?i:(?:my|her|his|our|their|the|new|old|this) (?:\w+ )?{ROLE})(?:(?i:'s name is|'s called| is "
    rf"called| is|'s|,| called| named|:| -)) ?(?P<name>(?:(?:Dr|Mr|Mrs|Ms|Miss)\.? )?{NAME})(?:{PRACTICE})?"
    rf"|\b(?i:(?:my|our|his|her) {ROLE}) (?P<straight>(?:(?:Dr|Mr|Mrs|Ms|Miss)\.? )?{CAP}(?: "
    rf"{CAP}){{1,2}})(?:{PRACTICE})?"
)
IS_CARING = re.compile(
    rf"(?<![\w-])(?P<name>(?:(?:Dr|Mr|Mrs|Ms|Miss)\.? )?{CAP} {CAP}(?: {CAP})?),? (?i:is |was |'s "
    rf")?(?i:my (?:\w+ )?{ROLE})(?!\w)"
)
NOBODYS = vocabulary(
    "who bob phil drew seuss pepper martens google strange house dre evil silkworth oz no jekyll "
    "zhivago dolittle kildare freud jung"
)
"""Doctors of books, screens and shops; Dr Bob and Dr Silkworth are of the first days of A.A."""
NO_NAMES = vocabulary(
    "i he she they we it the a an my so but and at on in who said says told has had put is was im me "
    "you dr never always not no just still"
)
FAR_FROM_NAMES = vocabulary("appointment appointments appt office surgery google visit visits told says")


def clinicians(text: str) -> Iterator[Detail]:
    """Yield names of clinicians with a title or a role beside them; a first name after a role is none."""
    for found in TITLED.finditer(text):
        if not _nobodys(found["name"]):
            yield Detail(*found.span(), What.CLINICIAN)
    for found in SMALL_TITLED.finditer(text):
        name = found["name"].lower()
        if name not in NOBODYS | NO_NAMES | FAR_FROM_NAMES:
            yield Detail(*found.span(), What.CLINICIAN)
    for pattern in (CARED, IS_CARING):
        for found in pattern.finditer(text):
            group = "name" if found.groupdict().get("name") else "straight"
            if " " in found[group].strip() and not _nobodys(found[group]):
                end = found.end() if pattern is CARED else found.end(group)
                yield Detail(found.start(group), end, What.CLINICIAN)


def _nobodys(name: str) -> bool:
    words = name.lower().replace(".", "").split()
    return words[0] in NOBODYS | NO_NAMES or " ".join(words[:2]) in PUBLIC
