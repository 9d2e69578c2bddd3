# ruff: noqa: E501
"""Words of stopping suddenly, and of what a body does then: seizures, things seen and heard, confusion.

Stopping alcohol or sedatives at once can kill; tremor, hallucinations, seizures and confusion are its signs
(NICE CG100, "Alcohol-use disorders: diagnosis and management of physical complications").
"""

from moderation.danger.sign import signs
from moderation.signs import Strength

WITHDRAWAL = (
    *signs(
        "withdrawal",
        Strength.SURE,
        """
        {they}|i ~4 had|having|has|have ~2 a|another|two|some ~1 !fit|seizure|seizures|fits ~3 this|today|tonight|now|last_night|again|after|an_hour|yesterday|since|coming|%
        {is} ~2 !hallucinating
        stop*|quit*|off|without|came_off|come_off|detox*|withdraw*|cold_turkey ~9 !seizure*|hallucinat*|shaking_so|shaking_bad|seeing_things|hearing_things|convuls*
        seizure*|hallucinat*|convuls* ~9 !stopped|stopping|quit|withdraw*|detox*|cold_turkey|without
        """,
    ),
    *signs(
        "withdrawal",
        Strength.PERHAPS,
        """
        stop*|quit*|kick*|left|chuck*|flush*|poured|dump*|threw|gave_up|cut_out|came_off|coming_off|come_off ~5 !{downers}|meds|scripts|lot
        {downers} ~2 !ran_out|stopped|gone|finished|run_out|all_at_once|cold_turkey
        off ~3 !{downers}
        no|without|last ~2 !{downers}
        not|never ~1 had? ~1 a? !drunk|drink|drank|used ~4 since|for|days|in
        {days}|days|day|hours|hour|morning|night|yesterday ~2 no|without|off|sober|dry|clean|since ~2 !{downers}|last
        hour|day|hours !1|2|3|4|5|6|12|18|24|30|36|40|48|50|60|72|two|three|four|five
        ran|run !out ~3 {days}|days|ago|of
        cold !turkey
        !all_at_once|straight_off|suddenly
        detoxing|withdrawal|withdrawals|withdrawing|kicking|rattling|tapered
        no doctor
        no !drink
        down ~1 the !sink|toilet|drain
        left ~2 !drinking
        """,
        "stopped",
    ),
    *signs(
        "withdrawal",
        Strength.PERHAPS,
        """
        seizure|seizures|fit|fits|fitting|convulsing|convulsion|hallucinat*|delirious|dts
        see|seeing|saw|hear|hearing|heard|talking_to|picking_at|smell* ~3 !things|faces|voices|people|bugs|spiders|insects|shadows|air|music|duppy|man|ghosts|dead|call|curtains|rats|ants|knocking|bell|there
        {is}|a|my|hands|body ~3 !shaking|shake|trembling|tremors|shakes|juddering|twitching|jerking
        confused|delirium|disoriented|rambling
        where ~1 {i}|he|she ~1 !am|is
        who|where ~1 !i_am|he_is|she_is|we_are
        losing|lost|lose ~3 !bits|time
        wall|walls|floor|ceiling|carpet|curtains ~3 !moving|crawling|breathing|bugs|bees|faces|melting
        nobody !there
        crawling
        {they}|cat|dog|tv|radio|lamp ~2 !talking_to|talks_to|was_talking|calling_me|calls_me
        can|can_not ~2 keep ~1 !water|anything|food|fluids ~1 down
        keep !water|anything
        not ~1 !peed|weed
        eyes ~2 !went|rolled
        arm|leg|body ~3 !stiff|rigid|jerk*
        stared|staring !through
        temperature ~2 !up|high
        sweat* ~3 !third|drenched|soaked|through|sheets|bed
        calling|call ~1 me ~2 my|by|another ~2 !name|names
        heart ~2 !racing|pounding
        can ~1 not ~1 stop !vomiting|shaking|throwing|being_sick
        voices
        """,
        "body",
    ),
)
