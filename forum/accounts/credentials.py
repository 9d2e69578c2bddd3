"""Passwords and recovery codes: what they must be, and how codes are made."""

import hashlib
import re
import secrets

from forum.errors import ForumError
from forum.language import N_

SHORTEST, LONGEST = 10, 256
"""OWASP ASVS 5.0: at least 8, better 15 (6.2.1), and 64 must be possible (6.2.9). Ten is our choice."""
DIFFERENT = 4
CODES = 8
CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_GROUPS, GROUP_LENGTH = 4, 4
"""32 to the power of 16: 80 bits, so a fast hash is enough for the stored form."""


class PasswordNotPossible(ForumError):
    """The password would be guessed early."""

    status = 422
    reason = "password"
    words = N_("Use at least 10 characters. Three or four unrelated words work well.")


def check_password(password: str, handle: str) -> str:
    """Return the password if it can be one; PasswordNotPossible says what to change."""
    if len(password) < SHORTEST or len(set(password)) < DIFFERENT:
        raise PasswordNotPossible
    if len(password) > LONGEST:
        raise PasswordNotPossible(N_("This is too long. Use at most 256 characters."))
    if handle.casefold() and handle.casefold() in password.casefold():
        raise PasswordNotPossible(
            N_("Leave your handle out of your password: it is the first thing that is tried.")
        )
    return password


def new_codes() -> list[str]:
    """Return eight codes such as 7GQM-A2KX-9TPW-HD4C; they are shown once."""
    return ["-".join(_group() for _ in range(CODE_GROUPS)) for _ in range(CODES)]


def _group() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(GROUP_LENGTH))


def hashed_code(code: str) -> str:
    """Return the stored form; spaces, dashes and case do not matter to who types it."""
    return hashed_token(re.sub(r"[\s-]", "", code).upper())


def hashed_token(token: str) -> str:
    """Return the SHA-256 of a random token: it has the entropy that a slow hash would make up for."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
