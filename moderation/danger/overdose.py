# ruff: noqa: E501
"""Words of having taken too much, one's own or another's, and what a body does then."""

from moderation.danger.sign import signs
from moderation.signs import Strength

TOOK = "took|taken|swallowed|ate|eaten|necked|downed|had|did|done|drank|injected|shot|used|snorted|smoked|popped|drunk|take|sniffed"

OWN = (
    *signs(
        "overdose-own",
        Strength.SURE,
        f"""
        {{i}} ~3 !{TOOK} ~2 all_of_them|all_of_it|the_lot|them_all|whole_bottle|whole_box|whole_packet|whole_pack|whole_strip|whole_lot|everything_in|rest_of_the|all_the|all_my|handful*|fistful|overdose|bunch_of|load_of|loads_of
        swallowed ~2 all|lot|them|whole|handful|bottle|packet|box|pills|tablets
        {{i}} ~3 !{TOOK} ~2 too_much|too_many|way_more|more_than|double|triple|far_too|to_much|to_many|way_too ~7 {{pills}}|should|now|scared|going|feel|meant|and|of|help|my
        {{i}} ~3 !{TOOK} ~2 too_much|too_many|way_more|more_than|double|triple|far_too|to_much|to_many|way_too %
        {{i}} ~3 !{TOOK} ~4 {{pills}} ~6 too|die|scared|help|sick|breathe|dizzy
        {{i}} ~2 !{TOOK} ~1 20|25|30|35|40|45|50|60|70|80|90|100|twenty|thirty|forty|fifty|sixty|hundred|dozen* ~4 {{pills}}|of_them|them|mg
        {{i}} ~2 drank|drunk|downed ~5 !with|and ~3 sleeping_pills|sleeping_tablets|my_tablets|my_pills|pills|tablets|benzos|xanax|valium
        because|is|'s ~3 of|from ~1 what i !took|swallowed|had|used|drank
        did|done|took|had|used|taken ~1 too|to|way !much|many ~1 i|im|on|and|my|now|help|,
        did|done|took|had|used|taken far|way? too|to !much|many %
        {{i}} ~3 !overdosing|overdosed|overdose ~2 now|tonight|help|i|on|think|again|alone|on_purpose
        think ~2 {{i}} ~3 !overdos*
        {{i}} ~1 can not !breathe
        thing ~3 {{i}} take !too_much
        """,
    ),
    *signs(
        "overdose-own",
        Strength.PERHAPS,
        f"""
        {{i}} ~3 !{TOOK} ~3 {{pills}}|dose|same|line|hit|bottle|it|them
        too|to !much|many
        in|of|from that ~1 !pill|line|bag|batch|hit|wrap|vape
        rest of ~1 !bottle|box|packet|pills|tablets
        used|using ~5 !alone|first_time|same|amount|after
        lost !count
        one !line
        took|swallowed
        """,
        "took",
    ),
    *signs(
        "overdose-own",
        Strength.PERHAPS,
        """
        heart|chest|jaw|vision|lips|fingers|arm|eye|eyes|legs|head|tongue|hands|face ~7 !racing|pounding|stop*|skip*|tight*|hurt*|sitting|numb|blue|locked|tingl*|going|tunnel|turn*|burn*|crush*|spin*|flutter*|jump*|thump*|so_fast|heavy|four
        can not ~2 !breathe|stand|feel|see|stay_awake|keep_awake|keep_my|count|move|swallow|get_up|speak|think_straight
        keep ~1 !nodding|passing|falling|blacking|throwing|drifting
        going|everything|all|room|floor|walls ~3 !far_away|spinning|dark|breathing|black|fuzzy|blurry|slow|moving
        boiling|burning ~1 !hot|up
        vomit*|throwing_up|fainting|tingling|convulsing|twitching
        i ~2 !scared|frightened
        typing this
        eye turn|turning !me
        """,
        "body",
    ),
    *signs(
        "overdose-own",
        Strength.PERHAPS,
        """
        on_my_own|alone|by_myself|nobody_is|nobody_home|nobody_'s|im_on_my_own|house_to_myself
        {is} !out_until|out_till|out_late
        not ~2 want ~2 !ring|call|phone
        its !done
        it_'s !done
        """,
        "alone",
    ),
)
OTHER = (
    *signs(
        "overdose-other",
        Strength.SURE,
        """
        {they} ~5 not|barely|hardly|stopped|stops|struggling ~2 !breath*|respond*|wake|waking|moving|conscious|flinch*|react*|come_round|stir*
        not ~1 !breathing|responding|waking_up|conscious|responsive
        can|will|could not ~2 !wake|rouse|get|bring|keep ~1 him|her|them|my_son|my_friend|my_mate|my_brother|my_mum|my_husband|my_wife ~1 up|round|awake|to|%
        lips|face|fingers|nails|skin|going|gone|turning|turned|went|mouth ~3 !blue|grey|gray|purple|gone_cold
        no|find|feel|without|weak|got ~1 a? !pulse
        {they} ~5 !overdosing|od_now|unconscious|unresponsive|foaming|gurgling|convulsing|limp
        {they} ~2 {is}? ~1 !overdos* ~2 now|again|help|!|think|in|on|what|right
        overdos* ~3 what ~1 !now|do
        think ~2 {they} ~3 !overdos*|took_too|taken_too|od
        eyes|eye ~2 !rolled|rolling|rolled_back|rolls
        {they} ~2 !breath* ~5 slow|seconds|shallow|weird|funny|every|once|strange|noisy|wrong|loud|stops
        breathing ~6 !seconds|shallow|minute|stops|pauses
        {they} ~3 !took|taken|swallowed|ate|necked|drank|had ~3 too_much|too_many|few_extra|whole_bottle|whole_box|all_her|all_his|all_the|bunch_of|handful*|loads_of|load_of|overdose
        one|two|three|first|second|given|gave|a ~1 !spray*|naloxone|dose ~5 nothing|not|work*|no|still|yet|how_long
        naloxone ~5 !nothing|not_work*|did_not|no_effect|wearing|still
        snor*|rattl*|gurgl*|gasping ~8 !stops|nothing|gaps|long|seconds|pauses|wet|not_wake
        does not ~2 look|seem|sound ~2 !sleep
        this ~1 is not !sleep
        {they} ~4 !passed_out|slumped|collapsed|blacked_out|on_the_floor ~6 not|no|what|cold|blue|breath*|help|answer|can
        {they} ~4 !slurring ~8 took|pills|tablets|silent|not
        {they} {is}? ~2 !cold ~5 not|blue|wake|breath*|naloxone|spray
        {they} ~4 not ~2 !wake_up|waking_up|woken
        """,
    ),
    *signs(
        "overdose-other",
        Strength.PERHAPS,
        """
        slumped|slurring|unresponsive|unconscious|rattling|snore|snoring|gurgling|clutching|collapsed|limp
        {they} ~4 burning|boiling !hot
        not|has ~3 !come_down|got_up|moved|flinch*|stirred|answered|answer
        no !answer|reply|response
        knocked|shouted|tapped|pinched|shook
        gone !silent|quiet|cold
        {they} {is} ~1 !cold|grey|pale|clammy
        nothing !happened
        """,
        "body",
    ),
    *signs(
        "overdose-other",
        Strength.PERHAPS,
        """
        foil|needle|naloxone|kit|spray|syringe|overdos*
        {they} ~4 !took|taken|swallowed|ate ~4 {pills}|extra|something
        up ~2 for ~1 two|three|four|five|days !days|nights|on
        sleep ~1 it !off
        seen|know ~2 that ~3 !quiet|sound
        early|out_of ~2 !recovery|rehab|treatment|sober
        called|call|ring ~3 !name|police|ambulance
        """,
        "cause",
    ),
)
OVERDOSE = (*OWN, *OTHER)
