"""Accounts on other platforms: links, invitations, @names, and names told after a platform's own."""

import re
from collections.abc import Iterator

from moderation.details.detail import Detail, What
from moderation.details.emails import DOT
from moderation.details.vocabulary import vocabulary

LINKS = (
    r"(?:facebook|fb|instagram|snapchat|tiktok|twitter|x|reddit|linkedin|threads|youtube|twitch|onlyfans|"
    r"linktr|"
    r"cash|paypal|venmo|discord|discordapp|t|telegram|wa|signal|kik|m|chat\.whatsapp|bsky|mastodon|"
    r"steamcommunity|"
    r"groupme|messenger|line|wechat|zoom|meet\.google|vk|strava|spotify|open\.spotify)"
)
TLD = r"(?:com|me|gg|app|social|net|be|ee|tv|us|group|link|org)"
LINK = re.compile(
    rf"(?<![\w@.-])(?:https?://)?(?:www\.|m\.)?{LINKS}{DOT}{TLD}(?: ?/ ?|{DOT}slash "
    rf")[\w@+.-][\w@+./?=&%#-]{{1,120}}",
    re.IGNORECASE,
)
PUBLIC_PATH = re.compile(
    r"/(?:r/|watch|hashtag|groups?/?$|share|playlist|track|help|about|explore|pages/?$)", re.I
)
PLATFORM = re.compile(
    r"\b(?:insta|instagram|ig|snap|snapchat|sc|telegram|tele|tg|discord|disc|kik|wickr|signal|whats ?app|"
    r"tik ?tok|twitter|(?:on|my|via) x|"
    r"facebook|fb|face ?book|messenger|reddit|linked ?in|skype|threads|bluesky|bsky|mastodon|twitch|"
    r"steam|psn|xbox|"
    r"gamertag|gmail|hotmail|youtube|yt|wechat|viber|line id|venmo|cash ?app|paypal|revolut|strava|"
    r"tumblr|pinterest|"
    r"bereal|tinder|"
    r"the blue bird|bird app|the gram|the 'gram|socials|onlyfans|zelle|session|matrix|marco polo)\b",
    re.IGNORECASE,
)
AT_NAME = re.compile(r"(?<![\w@./])@[^\W_][\w.-]{1,40}(?<![.-])|(?<![\w@./])@_[\w.-]{1,40}")
NEAR = 80
LIKE_A_NAME = (
    r"[^\W\d_][\w-]{0,30}(?:[._][\w-]{1,30}){1,5}|(?=[A-Za-z_]{0,20}\d)[A-Za-z_]{2,30}\d\w{0,20}|"
    r"[a-z]+[A-Z]\w{2,30}"
)
TOLD = re.compile(
    rf"^[^.!?\n]{{0,28}}?(?<![\w@.-])({LIKE_A_NAME})(?![\w@])(?!\.\w)|"
    rf"^(?: ?(?:name|user(?:name)?|handle|id|tag|account|is|as|at|me|:|under|'s|s|im|i'm|-|=|it's|"
    rf"its)){{1,4}}[ :]{{0,2}}"
    rf"(@?[^\W_][\w-]{{0,30}}(?:{DOT}[\w-]{{1,30}}){{1,6}}|[\w-]{{2,30}} (?:hash|underscore|dash|tag) "
    rf"[\w-]{{1,30}}|[\w.]{{2,32}}#\d{{4}})",
)
HASH = re.compile(
    r"(?<![\w#])[\w.]{2,32} ?(?:#| hash ) ?\d{4}(?!\w)|(?<=cashapp )\$[a-z]\w{2,20}|(?<=cash app "
    r")\$[a-z]\w{2,20}"
    r"|(?<=venmo )[$@][a-z]\w{2,20}",
    re.IGNORECASE,
)
NEEDED = re.compile(r"[/#$@]|slash|hash", re.IGNORECASE)
"""One of these is in every link and every name with a sign; most texts have none."""
CALLED = re.compile(
    r"^(?: (?:user ?name|handle|name|id|tag|account))?(?: is|'s|:| as| under| "
    r"@)[: ]{0,2}['\"]?([a-z][\w-]{4,30})['\"]?(?=[\s,.!?]|$)",
    re.IGNORECASE,
)
TELLING = re.compile(r"(?:user ?name|handle|name|id|tag| as| under|: ?)", re.IGNORECASE)
ORDINARY = vocabulary(
    "there where about better broken private public deleted hacked blocked under always never still "
    "really gone dead full toxic empty going getting making being having boring locked frozen closed "
    "banned down their which waypost group groups actually mostly nothing something everything "
    "because usual sounds pretty awful great"
)
CHAIN = re.compile(
    r"(?<!\w)[\w@]{1,24}(?: \w{1,24})?(?:,? then (?:an? )?[\w@]{1,24}(?: (?:zeros|ones|sign|score))?){1,10}",
    re.I,
)
CHAIN_CUE = re.compile(
    r"\b(?:underscore|at sign|at symbol|a-with-a-tail|dash|hyphen|full stop|dot|letters|zeros|no spaces)\b",
    re.I,
)
DIGIT = re.compile(r"\d")
AS_OWN = re.compile(
    r"\b(?:i'?m|im|i am|she'?s|he'?s|they'?re|shes|hes|follow|add|dm|find me|find (?:her|him)|is|me|"
    r"handle|name|hit me up|hmu|"
    r"message|msg|at|on|on there|account|profile|page)\W{0,3}$",
    re.IGNORECASE,
)
FOREIGN_SIGNS = re.compile(r"[._\d]|[a-z][A-Z]")


def handles(text: str) -> Iterator[Detail]:
    """Yield accounts elsewhere; an @name with no word of another platform is a member of ours."""
    if NEEDED.search(text):
        yield from _written_out(text)
    platforms = list(PLATFORM.finditer(text))
    if "@" in text:
        yield from _at_names(text, [platform.start() for platform in platforms])
    for platform in platforms:
        yield from _told_after(text, platform.end())
    if CHAIN_CUE.search(text):
        for found in CHAIN.finditer(text):
            if CHAIN_CUE.search(found.group()) or (
                found.group().count(" then ") > 1 and DIGIT.search(found.group())
            ):
                yield Detail(*found.span(), What.HANDLE)


def _written_out(text: str) -> Iterator[Detail]:
    for found in LINK.finditer(text):
        if not PUBLIC_PATH.search(found.group()):
            yield Detail(*found.span(), What.HANDLE)
    for found in HASH.finditer(text):
        yield Detail(*found.span(), What.HANDLE)


def _at_names(text: str, platforms: list[int]) -> Iterator[Detail]:
    for found in AT_NAME.finditer(text):
        foreign = FOREIGN_SIGNS.search(found.group()) is not None
        near = any(abs(found.start() - place) < NEAR for place in platforms)
        told = AS_OWN.search(text[max(0, found.start() - 20) : found.start()]) is not None
        if (near and (foreign or told)) or (foreign and told):
            yield Detail(*found.span(), What.HANDLE)


def _told_after(text: str, place: int) -> Iterator[Detail]:
    rest = text[place : place + NEAR]
    found = TOLD.match(rest)
    if found:
        group = 1 if found.group(1) else 2
        yield Detail(place + found.start(group), place + found.end(group), What.HANDLE)
        return
    called = CALLED.match(rest)
    if called and TELLING.search(rest[: called.start(1)]) and called.group(1).lower() not in ORDINARY:
        yield Detail(place + called.start(1), place + called.end(1), What.HANDLE)
