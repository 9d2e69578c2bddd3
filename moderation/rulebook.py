"""What happens when a rule has something to say: its usual outcome, and what a space may choose instead."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from types import MappingProxyType
from typing import Self

from moderation.verdict import Finding, Outcome

Choices = Mapping[str, Outcome]
"""What a space has chosen, by rule; a rule that is not in it has its usual outcome."""
NO_CHOICES: Choices = MappingProxyType({})
MASKABLE = frozenset({"own-details", "others-details"})
"""Rules that say where what they saw stands, so that it can be taken out; nothing else can be masked."""
THREAT = "threat"
"""A rule of its own, though the scorer finds it: a threat always waits for a person."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's usual outcome, and the gentlest and the gravest that may be chosen for it."""

    usual: Outcome
    lowest: Outcome
    highest: Outcome

    def allows(self, outcome: Outcome) -> bool:
        """Whether a space may choose this."""
        return self.lowest <= outcome <= self.highest

    def outcome(self, chosen: Outcome | None) -> Outcome:
        """Return the chosen outcome, moved into what is allowed; the usual one where none is chosen."""
        return min(max(self.usual if chosen is None else chosen, self.lowest), self.highest)

    def within(self, lowest: Outcome, highest: Outcome) -> Self:
        """Return the rule with less to choose from: our own bounds stay, whatever is asked for."""
        low, high = self.outcome(lowest), max(self.outcome(highest), self.outcome(lowest))
        return replace(self, usual=min(max(self.usual, low), high), lowest=low, highest=high)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules by name, with the version of the policy that they are from."""

    version: str
    rules: Mapping[str, Rule]

    @classmethod
    def load(cls) -> Self:
        """Return the rulebook that ships with us."""
        return cls.read(files("moderation").joinpath("policy.toml").read_text("utf-8"))

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the rulebook of a policy's text; ValueError, naming the place, where it makes no sense."""
        try:
            told = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ValueError(f"The policy cannot be read: {error}") from error
        version, rules = told.get("version"), told.get("rules")
        if not isinstance(version, str) or not version:
            raise ValueError("The policy has no version.")
        if not isinstance(rules, dict):
            raise ValueError("The policy has no rules.")
        return cls(version, {name: _rule(name, rule) for name, rule in rules.items()})

    def decided(self, finding: Finding, choices: Choices = NO_CHOICES) -> Finding:
        """Return the finding with the outcome that the rulebook, or the space, gives to its rule.

        What the rulebook does not name keeps its own: a wrong shape, a word list's words, a fault of ours.
        """
        name = rule_of(finding)
        rule = self.rules.get(name)
        if rule is None:
            return finding
        return replace(finding, outcome=rule.outcome(choices.get(name)), policy=self.version)


def rule_of(finding: Finding) -> str:
    """Return the rule's name in the rulebook."""
    return THREAT if finding.label == THREAT else finding.rule


def _rule(name: str, told: object) -> Rule:
    place = f"[rules.{name}]"
    if not isinstance(told, dict) or told.keys() != {"usual", "lowest", "highest"}:
        raise ValueError(f"The policy must have usual, lowest and highest in {place}, and nothing else.")
    usual, lowest, highest = (_outcome(place, told[key]) for key in ("usual", "lowest", "highest"))
    if not lowest <= usual <= highest:
        raise ValueError(f"The policy's usual outcome lies outside lowest and highest in {place}.")
    if Outcome.MASK in (usual, lowest, highest) and name not in MASKABLE:
        raise ValueError(f"The policy says mask in {place}, where there is nothing to take out.")
    return Rule(usual, lowest, highest)


def _outcome(place: str, told: object) -> Outcome:
    try:
        return Outcome[str(told).upper()]
    except KeyError:
        known = ", ".join(outcome.name.lower() for outcome in Outcome)
        raise ValueError(f"The policy names no outcome in {place}; it can be: {known}") from None
