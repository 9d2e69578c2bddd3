"""Signing up: a handle that passed the pipeline, a password, and eight ways back in."""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import or_, select

from forum.accounts.credentials import check_password, hashed_code, new_codes
from forum.accounts.handles import check_shape, handle_key, handle_look
from forum.accounts.sessions import open_session
from forum.accounts.tables import Account, RecoveryCode
from forum.accounts.zones import zones
from forum.errors import ForumError, Invalid
from forum.language import N_, Words
from forum.naming import screen_name
from forum.services import Services

LONGEST_EMAIL = 254
"""RFC 5321, 4.5.3.1.3, less the angle brackets."""
TAKEN = N_("Somebody here has this handle, or one that looks the same. Choose another one.")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the sign-up form says; `guidelines` is the version that was on the page."""

    handle: str
    password: str
    email: str = ""
    time_zone: str = "UTC"
    guidelines: str = ""
    label: str = "Browser"


@dataclass(frozen=True, slots=True)
class Welcome:
    """A new member: the session's token and the codes, neither of which is kept in clear."""

    account: Account
    token: str
    codes: list[str]


async def sign_up(services: Services, wish: Wish) -> Welcome:
    """Make the account and sign it in; Invalid names every field that needs another look."""
    handle = await _check(services, wish)
    password_hash = await services.passwords.make(wish.password)
    account = Account(
        handle=handle,
        handle_key=handle_key(handle),
        handle_look=handle_look(handle),
        password_hash=password_hash,
        email=wish.email.strip() or None,
        time_zone=wish.time_zone,
        guidelines_version=wish.guidelines,
        created_at=services.clock(),
    )
    return await _write(services, account, wish.label)


async def _write(services: Services, account: Account, label: str) -> Welcome:
    codes = new_codes()
    try:
        async with services.database.transaction() as tx:
            tx.session.add(account)
            await tx.session.flush()
            tx.session.add_all(
                RecoveryCode(account_id=account.id, code_hash=hashed_code(code)) for code in codes
            )
            _, token = await open_session(tx, account.id, label, account.created_at)
    except IntegrityError:
        raise Invalid({"handle": TAKEN}) from None
    return Welcome(account, token, codes)


async def _check(services: Services, wish: Wish) -> str:
    errors: dict[str, Words] = {}
    handle = ""
    try:
        handle = check_shape(wish.handle)
        if await is_taken(services, handle):
            errors["handle"] = TAKEN
        else:
            await screen_name(services, handle)
    except ForumError as error:
        errors["handle"] = error.words
    try:
        check_password(wish.password, handle)
    except ForumError as error:
        errors["password"] = error.words
    if wish.email.strip() and not is_email(wish.email.strip()):
        errors["email"] = NOT_AN_EMAIL
    if wish.time_zone not in zones():
        errors["time_zone"] = N_("Choose a time zone from the list.")
    if wish.guidelines != services.in_force.accept:
        errors["accept"] = _about(wish.guidelines)
    if errors:
        raise Invalid(errors)
    return handle


def _about(version: str) -> Words:
    if version:
        return N_("The guidelines changed while this page was open. Read them again, then agree.")
    return N_("Read the guidelines and agree to them: everybody here has.")


NOT_AN_EMAIL = N_("This does not look like an e-mail address. You can also leave it empty.")


def is_email(text: str) -> bool:
    """Return whether it has the shape of an address; only mail that arrives could prove more."""
    name, at, domain = text.rpartition("@")
    plain = text.isprintable() and " " not in text and len(text) <= LONGEST_EMAIL
    return bool(name and at and "." in domain.strip(".") and plain)


async def is_taken(services: Services, handle: str) -> bool:
    """Return whether a member has this handle, or one that is compared or seen as the same."""
    same = or_(Account.handle_key == handle_key(handle), Account.handle_look == handle_look(handle))
    async with services.database.reading() as session:
        query = select(Account.id).where(same)
        return (await session.exec(query)).first() is not None
