"""Holds newcomers' texts that carry many links: the oldest sign of an advertiser."""

import re

from moderation.draft import Draft
from moderation.verdict import Finding, Outcome

NEWCOMER_LINKS = 2
TRUSTED_AFTER = 10
"""Published messages after which links are no longer counted."""

# Endings that are no English words, for addresses without http: "my day.It was long" names no site.
ENDINGS = "com|net|org|info|biz|io|gg|gov|edu|xyz|ly|ru|cn|uk|de|eu|tv"
LINK = re.compile(
    r"https?://"
    r"|(?<![\w@./-])www\.\w"
    rf"|(?<![\w@./-])[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,5}}\.(?:(?:{ENDINGS})(?![\w@-])|[a-z]{{2,24}}/\w)",
    re.IGNORECASE,
)


def too_many_links(draft: Draft) -> Finding | None:
    """Hold a newcomer's draft that carries more links than we allow."""
    links = len(LINK.findall(draft.words))
    if links <= NEWCOMER_LINKS or draft.standing.published >= TRUSTED_AFTER:
        return None
    return Finding("links", Outcome.HOLD, f"{links} links from a new member")
