# ruff: noqa: E501
"""Words of hurting one's own body, and of seeing somebody do so."""

from moderation.danger.sign import signs
from moderation.signs import Strength

SELF_HARM = (
    *signs(
        "self-harm",
        Strength.SURE,
        """
        {i} ~4 !cut|cutting|cuts|burn|burning|burned|burnt|scratch|scratching|scratched|hit|hitting|punch|punching|bite|biting|carv*|slic*|slash*|stab*|bruis*|hurt|hurting|harm|harming|harmed ~2 myself
        {i} ~4 !cut|cutting|burn|burning|burned|burnt|scratch|scratched|hit|hitting|punch|punching|bite|biting|carv*|slic*|slash*|stab*|pick|bang|banging|dig|digging|press* ~2 my ~2 {body}
        cutting ~2 again|every|tonight|deeper|more|helps|is|myself|{days}|now
        cut|burn|scratch|hurt ~1 !myself|my_arms|my_wrists|my_thighs|my_legs|my_arm|my_wrist|my_leg|my_skin ~3 again|tonight|today|now|every|this|so
        {i}|have|is ~3 !relapse* ~2 with? ~1 self|selfharm|cutting|harming|blade
        selfharm* ~3 again|relaps*|tonight|today|urge*|every|now|back|getting|worse|helps|only
        self !harm* ~3 again|tonight|today|urge*|every|now|back|getting|worse|helps|only|relapse*
        want|urge|urges|need|going|about|tempted ~3 to ~2 !cut|hurt|harm|burn|selfharm ~2 myself|tonight|so|again
        till|until ~2 !bleed*|blood|bruise*|burns|numb|scar*
        {they} ~4 !cut|cuts|cutting|burn|burns|burning|scratch*|hit|hits|hurt|hurts|hurting|harming|bang* {self}|their_arms|her_arms|his_arms|her_arm|his_arm|her_legs|her_wrists|his_wrists|her_thighs|his_head|her_head
        {they} {is} ~2 !selfharm*|cutting|self_harm*
        {they} ~5 to|on ~1 her|his|their ~1 {body} ~3 !lighter|blade|razor|knife|scissors|cigarette*
        {i} ~3 !punish* ~1 myself|my_body
        stopp*|not|without|no|starv* ~2 !eat|eating|eaten|ate|food|starv* ~6 punish*|deserve|days|hurt|pain
        blade|razor|scissors|lighter|knife ~5 !my ~1 {body}|sleeve|skin
        my ~2 {body}|sleeve|skin ~6 !blade|razor|scissors|lighter
        !need*|needs ~2 stitches|stitching ~4 not|but|hide|tell|ashamed|hospital
        open|opened|opening|reopen*|reopened|picking ~1 the? ~1 !old_ones|old_cuts|old_scars|wounds|scars|scabs
        relaps* ~2 !cutting|selfharm|harm|blade
        {they} ~4 !locked ~4 razor|blade|knife|pills|tablets|rope
        {they} ~6 in|with ~3 bathroom|room|toilet ~2 !razor|blade|knife
        only|pain|bleed* ~3 thing|way ~3 {i} !feel|cope
        """,
    ),
    *signs(
        "self-harm",
        Strength.PERHAPS,
        """
        selfharm*
        self !harm*
        cutting|blade|blades|razor|razors
        old ones|cuts|scars
        """,
        "named",
    ),
    *signs(
        "self-harm",
        Strength.PERHAPS,
        """
        {i} ~3 relapse*
        left|right|both !arm|arms|leg|thigh|wrist
        long !sleeves|sleeve
        bleed*|blood|stitches|stiches|scars
        only thing ~2 {i} ~1 !feel
        hide|hiding|hid ~3 arms|arm|legs|cuts|marks
        mum|wont|not ~2 !see
        """,
        "marks",
    ),
    *signs(
        "self-harm",
        Strength.PERHAPS,
        """
        {i} ~2 coping
        free ~4 !ended
        deserve ~1 it
        ashamed
        """,
        "shame",
    ),
)
