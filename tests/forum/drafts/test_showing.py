"""Claims about what the page of the policy shows: a name for every field, and what somebody else changed."""

from uuid import uuid4

from forum.comparing import Fate
from forum.drafts.fields import Ground
from forum.drafts.showing import FATES, LABELS, Known
from forum.policies.own import Own
from forum.policies.tables import PolicyDraft, PolicyVersion
from moderation.policy import PolicyFile
from moderation.verdict import Outcome
from tests.builders import Community


def test_every_label_and_every_fate_has_a_name() -> None:
    shipped = PolicyFile.load()
    labels = {
        label
        for audiences in shipped.thresholds.by_model.values()
        for one in audiences.values()
        for label in one
    }
    signs = {label for one in shipped.hearing.by_model.values() for label in one}

    assert labels | signs <= LABELS.keys()
    assert set(FATES) == {fate.value for fate in Fate}


async def test_the_form_is_filled_with_the_draft_or_else_with_what_is_in_force(community: Community) -> None:
    ground, now = Ground.of("lexicon"), community.clock()
    version = PolicyVersion(
        number=2, made_at=now, words="casino", own=Own({"spam": Outcome.REFUSE}).as_json()
    )
    draft = PolicyDraft(account_id=uuid4(), based_on=1, words="lottery", saved_at=now)

    assert (Known(ground, None, None, []).number, Known(ground, None, None, []).own) == (0, Own())
    in_force = Known(ground, version, None, [version])
    assert (in_force.number, in_force.words, in_force.own.usual, in_force.overtaken) == (
        2,
        "casino",
        {"spam": Outcome.REFUSE},
        False,
    )
    ours = Known(ground, version, draft, [version])
    assert (ours.words, ours.own, ours.overtaken) == ("lottery", Own(), True)
