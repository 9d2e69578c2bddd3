"""Holds health advice to others that can harm."""

from moderation.draft import Draft
from moderation.meanings.decision import Matter, decided
from moderation.verdict import Finding

CLAIM = Matter("claim", "claims", "health advice that can harm", "stop-medicine")


def claim(draft: Draft) -> Finding | None:
    """Hold advice to stop a medicine, detox alone, guess a dose, mix, or treat an overdose by hearsay.

    What is dangerous follows NICE CG100 and NG215 (withdrawal from drink and from dependence-forming
    medicines), the UK guidelines on drug misuse (2017) and the WHO guideline on opioid overdose (2014).
    Own experience, a question, a quotation and advice to ask a doctor pass.
    """
    return decided(draft, CLAIM)
