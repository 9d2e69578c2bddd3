# ruff: noqa: E501
"""Words of somebody who is hurt, threatened or kept in by another."""

from moderation.danger.sign import signs
from moderation.signs import Strength

VIOLENCE = (
    *signs(
        "violence",
        Strength.SURE,
        """
        {they} ~4 !hit|hits|hitting|beat|beats|beating|choke*|choking|strangle*|punch*|slap*|kick|kicks|kicked|shove*|smack*|headbutt*|rape*|raping|attack*|stab*|burnt|bit|bites|batter*|thump*|whack*|belt*|pushes ~1 me|us ~1 again|last|tonight|today|if|when|because|while|in_front|so|and|yesterday|this|down|because|then|but|with|over|across|against|for|bad|,|%
        {they} ~3 !hit|hits|hitting|beats|choke*|choking|strangle*|slap*|punch*|rape*|batter*|shove*|attack* ~1 me|us
        {they} ~3 !hit|hits|hitting|beats|beating|choke*|choking|strangle*|punch*|slap*|batter* ~1 her|him|mum|mom|my_mum|my_mom|my_sister|my_brother|kids|baby|children
        {they} ~3 !push*|throw*|threw|drag*|pinned|grab*|slam*|held|had|has ~1 me|her ~3 down|wall|stairs|floor|door|throat|neck|hair|fridge|collar|arm|bed|against
        hand|hands|arm|fist|belt ~2 !around|round|over|on|at|across ~1 my|her|me ~1 mouth|throat|neck|face|hair
        {they} ~6 !gun|knife|machete|bat|hammer|weapon|petrol|axe ~5 me|table|throat|to|at|my|us|said|when|and
        {they} ~4 !threaten* ~2 me|to_kill|to_hurt|us|my|to_burn|to_find|to_take|with
        {they} ~5 !kill ~1 me|us|my|the_kids|the_baby ~2 if|when|next|and|before|one|%|i|%
        {is} ~3 afraid|scared|frightened|terrified ~2 !of ~1 {they}|going_home|own|what_he|what_she
        {they} ~6 not ~1 !let ~1 me ~1 out|leave|go_out|go_to|go_home|see|eat|talk|sleep|speak|near
        {they} ~3 !lock* ~1 me|us ~1 in|out|inside|up
        {they} ~3 !check*|track*|reads ~1 my ~1 mileage|phone|messages|location|card
        {they} ~5 !follow*|stalk*|watch* ~1 me|my_house|us
        {they} ~5 !outside ~1 my|the|our ~1 house|work|flat|door|window|meeting|school|home
        {they} ~4 breaking|broke|break|kick|kicking|bang*|hammer*|smash*|batter* ~2 at|down|in|on|up|my|the ~2 !door|windows|window|house|phone|place|flat|tv|kitchen
        {they} ~8 next time ~1 he|she|they !will|wont ~1 not? miss|kill|hurt|stop
        {they} ~3 still? !raging|kicking_off|smashing ~2 downstairs|outside|upstairs|up|now|again
        run|hide|hiding|hid|away|safe|escape ~1 from !him|her|them|my_husband|my_dad|my_partner|my_ex|my_son|my_wife
        take|taking|get|got ~2 !baby|kids|children ~3 out|away|walk ~4 when|any|until|{days}|he|she|cans
        {they} ~4 !hurt|hurts|hurting|hits|beats ~1 me|us|the_kids|my_kids|mum|mom
        {they} ~4 !spit|spat|throws|threw|throwing ~3 at me|my|us
        {they} ~4 !force*|made|makes ~1 me ~2 sex|bed|touch
        black_eye|bruise|bruises|broken_rib|broken_nose|split_lip ~6 !he|she|him|her|they|hide
        """,
    ),
    *signs(
        "violence",
        Strength.PERHAPS,
        """
        {they} ~3 !hit|hits|beat|beats|push*|shov*|kick*|grab*|hurt*|rage|raging|smash*|scream*|shout*
        my ~1 !face|bruise*|neck|ribs|eye
        downstairs|raging|bruise*|violent
        scared|frightened|terrified
        """,
        "act",
    ),
    *signs(
        "violence",
        Strength.PERHAPS,
        """
        my ex
        order ~5 !mean*|broke*|breach*
        restraining|injunction|non-mol*
        {they} ~2 !coming_back|got_out|out_of_jail|out_of_prison|been_released
        """,
        "order",
    ),
    *signs(
        "violence",
        Strength.PERHAPS,
        """
        photo|picture ~3 front !door
        two|three|again|four ~2 !days_running|nights_running
        {is} ~2 !sat|parked|waiting|waits|standing ~3 van|car|outside|across|opposite|corner
        turned|turning|turns|shows|showed|coming|came ~1 up ~3 !door|house|work|window|gate
        """,
        "watch",
    ),
    *signs("violence", Strength.PERHAPS, "bad|worse|mood ~2 !tonight|lately|since", "tonight"),
    *signs(
        "violence",
        Strength.PERHAPS,
        """
        !key|car|footsteps ~3 in|drive|stairs|lock
        cans|drunk|drinking|drink ~6 !he|him|he_'s
        can not ~2 !video|camera
        """,
        "home",
    ),
)
