# ruff: noqa: E501
"""Words of wanting to die: outright, or of no longer wanting to be."""

from moderation.danger.sign import signs
from moderation.signs import Strength

ACTIVE = (
    *signs(
        "active",
        Strength.SURE,
        """
        {i} ~4 {want} ~3 !{die}
        {want} ~2 !kill_myself|end_my_life|take_my_life|hang_myself|drown_myself|shoot_myself|top_myself|off_myself
        {they} ~4 want|wants|wanting|wanted|threaten* ~3 !die|kill_himself|kill_herself|kill_themselves|end_it_all
        {they} ~4 !kill|hang|drown|top|off|finish|harm|end {self}
        {they} ~4 !going_to|gonna|threaten*|talk* ~3 suicide|kill_himself|kill_herself|end_it|jump
        {they} {is} ~2 suicidal
        {i} {is} ~3 suicidal
        feel* ~2 suicidal
        !kill thoughts {is}|so|again|tonight|now|back
        suicidal ~2 again|tonight|now|today|thoughts|since|all
        suicide {is} ~2 only|best|answer|option|way|easier|right
        rather ~1 be? dead|die
        better_off dead
        wish ~1 {i} {is} dead
        no|not|any|one|single|another|good|what ~2 reason|reasons|point ~3 live|living|stay|breathe|breathing|alive|exist|existing|step_back|wake_up
        nothing ~1 {is}? ~1 !keep|keeping|holding|stop|stopping|tying ~1 me|breathing ~2 here|alive|breathing|from|going
        nothing ~2 to !live ~1 for
        not ~1 !find|found {they} ~1 alive
        {i} do not ~1 trust ~2 own hands
        not|never ~1 want ~1 to ~1 !live|be_alive|be_here|exist|wake|see_tomorrow|breathe|carry_on|go_on_living
        tired|sick|done|finished ~1 of|with|being ~1 !living|alive|life|existing|breathing
        {i} ~2 !jump|jumping|step|hang|drown ~3 bridge|train|platform|roof|balcony|window|tracks|cliff|ledge|building
        take|taking|end|ending ~1 my ~1 own? !life
        kill|killing|off|offing ~1 !myself
        delete|deleting ~3 and !myself tonight|today|now|soon|too|%
        {i} {is}? ~3 !ending it|everything all|tonight|soon
        not ~2 be ~1 !alive ~2 {days}
        {i}|thinking ~4 !driving|drive|swerve|steering|crash|crashing ~2 off|into|car ~2 road|bridge|wall|tree|traffic|lorry
        enough ~1 of !living|life|being_alive|being_here
        stopped|lost|without ~3 !reason ~2 live|go_on|carry_on|keep_going|be_here|stay
        life ~1 {is} ~1 not ~1 !worth ~1 it|living
        {i} ~2 can|will|could not ~2 !keep_living|keep_existing|live_like|live_with|live_anymore|live_any_more|live_another|survive
        checking|check|ticking ~2 every box ~3 !sheet|list|leaflet
        {they} ~3 say|says|said|saying|told|text* ~4 wants_to_die|want_to_die|wanted_to_die|kill_himself|kill_herself|end_it
        do not want ~2 to !wake ~2 tomorrow|again|up
        """,
    ),
    *signs(
        "active",
        Strength.PERHAPS,
        """
        suicidal
        suicide
        kill_myself
        {i} can not !go_on|carry_on|keep_going|do_this_anymore|cope_anymore|keep_doing_this|fight_anymore|hold_on|see_a_way
        voice|voices|head ~3 !telling|says|saying|tells|say ~4 do_it|jump|end|die|worthless
        do not|cannot ~1 !trust myself
        no way !out
        want ~2 !everything|it|this ~2 to ~1 stop|end|over
        {is} ~1 !done ~1 tonight|anymore|fighting|trying|here
        {is} ~1 dead ~2 !inside
        """,
        "despair",
    ),
    *signs(
        "active",
        Strength.PERHAPS,
        """
        standing|stood|sat|sitting|on|at|by|over ~3 !bridge|ledge|roof|platform|balcony|cliff|railing|multistorey|overpass|window|edge|tracks|parapet
        """,
        "place",
    ),
)
PASSIVE = (
    *signs(
        "passive",
        Strength.SURE,
        """
        wish*|hope|hoping|hoped|want*|mind|if|pray*|asked|asking|ask ~5 not|never ~1 !wake|woke|waking|woken ~1 up|again
        mind|care|matter|bother ~3 if ~2 {i} ~2 not ~1 !wake|woke|waking
        wish*|pray*|wished ~2 {i} ~2 !never|not|just ~1 born|existed|exist|here|alive|woken|survived|made_it|be
        wish*|should ~3 !never|not|let|left|died ~2 reviv*|saved|found|brought_me|woken|me_go|me_die|bothered|then
        {i} wish* ~2 had|would ~1 died
        {i} should|would ~1 have !died
        should ~1 have ~2 !been ~2 end|me_that|me_instead|last
        wish* ~1 it ~2 been !me
        {i} ~4 {want} ~3 !stop_existing|stop_living|cease_to_exist|sleep_forever|never_wake_up|not_wake_up|not_exist|not_be_here|not_be_alive|not_be_around|not_live
        better ~2 off ~2 !without|if ~2 me|i
        {they}|you|boys|girls|life|lives|world|everyone|everybody|kids|family|people|all ~6 easier|better|happier|fine|grand|manage|ok|okay|peace|rest ~2 !if|without|once|when ~1 {me} ~2 {is}? not|gone|here|there|around|dead|out|anymore|in
        if ~1 {i} ~2 not|no_longer !here|around|alive|existed|exist ~6 better|easier|happier|fine|manage|grand|relieved|ok
        if ~1 {i} ~2 !gone|dead|died|disappeared ~6 better|easier|happier|fine|manage|grand|relieved|ok|care|notice|miss
        lives|life|everything ~3 easier|better|happier ~2 !without ~1 me
        nobody|no_one|noone|who ~1 would ~2 !notice|miss|care ~2 if? ~1 {i}|gone|disappear*|me
        would ~2 anyone|anybody ~1 even? !notice|miss|care ~2 if? ~1 {i}|gone|me
        want|wanted|wish|like|think|kindest|easier|just|could|hope|thinking|dream* ~7 to? !disappear|vanish|stop_existing|cease|stop_being_here|not_exist|not_be_here|stop_being_alive|be_no_more|fade_away ~3 for_good|forever|completely|existing|tonight|me|now|earth|and|never|from
        stop|cease !existing|being_alive
        god|lord|death ~1 to? !take ~1 me
        god|lord|jesus ~2 !take_me
        disappoint*|gutted|sad|angry|annoyed|upset|sorry ~5 !woke|wake|waking|still_here|alive|ceiling|breathing|see_morning|survived
        can|do not ~3 !picture|see|imagine ~2 myself ~2 next|future|old|{days}|being|in|past|here|alive
        no future ~2 !for_me|ahead|left
        ok|okay|fine|alright|happy|calm|peace|comfort* ~3 with|about|if ~3 !dying|being_gone|not_being_here|death|died|not_waking
        {i} {is} ~3 a? !burden ~2 everyone|family|them|everybody|you|people|him|her|wife|husband
        burden {i} !be|is|am
        envy|envious|jealous ~4 !dead|died|passed|gone
        {i} ~2 do|no ~1 not? !care|mind ~3 live|die|wake|alive|dead
        {i} will? not ~1 !mind ~2 dying|dead
        not ~2 !upset|bother*|matter ~3 {i} ~1 die|died|dead|gone
        if {i} not|no {is} !here|around ~4 people|they|everyone|family ~3 rest|better|fine|peace|happy
        if {i} !no is ~1 here
        everyone|everybody|they ~3 !manage|cope|survive ~3 without ~1 me
        happier|better ~2 at my !funeral|grave
        point ~1 in ~1 !waking|living|me|being
        what ~2 point ~2 of ~2 !me|being_here|anything|living|going_on
        hope ~2 {i} ~2 !die|sleep ~3 tonight|sleep|forever|up|soon
        fall|go|drift ~2 sleep ~4 !never|not ~2 wake|up
        could|can|wish ~2 sleep !forever
        {i} ~2 do not ~1 !exist|deserve_to_live|deserve_to_be_alive|belong_here
        """,
    ),
    *signs(
        "passive",
        Strength.PERHAPS,
        """
        {i} ~3 burden
        what ~1 {is} ~1 the !point
        no !point ~2 anymore|anything|in
        feel* ~2 !nothing|empty|numb|hopeless|worthless
        hopeless|worthless
        nobody would !notice|miss|care
        being|be|i gone
        {i} no !longer ~2 care
        not|never ~1 see|picture ~2 !next_year|future|tomorrow
        never !woke|wake
        """,
        "nothing",
    ),
    *signs(
        "passive",
        Strength.PERHAPS,
        """
        lost ~4 suicide
        want ~1 it ~1 !over
        like ~2 a !wall
        so ~1 !tired ~2 everything|all|this|fighting
        """,
        "tired",
    ),
)
SUICIDE = (*ACTIVE, *PASSIVE)
