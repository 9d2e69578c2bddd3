# ruff: noqa: E501
"""Words of leaving: what is arranged, and what is said as a goodbye."""

from moderation.danger.sign import signs
from moderation.signs import Strength

PLANNED = (
    *signs(
        "planned",
        Strength.SURE,
        """
        suicide|goodbye !note|notes|letter|letters ~2 done|written|wrote|is|'s|ready|finished|left
        wrote|written|write|writing|done|finished|typed ~4 !letter|letters|note|notes ~6 for_after|drawer|each|when_i_am_gone|goodbye|under|once_i_am|find|after_i
        letter|letters|note|notes ~3 mum|kids|dad|wife|everyone|family ~2 !done|written|finished|sealed
        going_to|want_to|will|plan*|decided|gonna ~2 !end_it|end_things|end_my|kill_myself|finish_it ~3 {days}|after|when|once|tonight|all|before|then
        date ~1 {is}? ~1 !picked|set|chosen|fixed|decided|circled
        picked|set|chosen|chose|fixed|decided ~2 a|the|my ~1 !date|method|day ~3 die|end|go|done|do_it|out|to
        {i} have|got ~1 a|my|the ~1 !plan|means|method|rope|noose ~3 now|tonight|ready|end|to|and|in|this|set
        {i} ~2 picked|chose|chosen|set ~1 the|a|my !day|date|place|night ~1 and|.|now|,|%|already
        everything|all|what {i} need* ~3 be|to ~2 !gone|die|go|end|do_it|finish
        who|whoever|one|him|her|them|kids|someone|somebody ~2 !finds|find|found|discovers ~1 me|my_body|it
        will|would|do not ~2 !see|make_it|be_here|be_around|reach|live ~3 christmas|birthday|new_year|next_year|{days}
        saved|saving|stockpil*|stash*|hoard*|collect*|enough|stored ~3 !pill*|tablet*|meds|prescription|insulin|medication ~4 go|do_it|end|finish|die|job|time|lot|up|kill
        enough ~3 to !kill|finish|end ~1 me|myself|it
        bought|got|found|tied|have ~2 !rope|noose|ligature|razor_blades ~3 {i}|ready|today|tonight|now|in|from|beam
        tide|train|bridge ~1 times !check*|looked
        {i} ~1 decided|chose|chosen|deciding|know|picked ~4 !that_is_when|that_'s_when|when|where|how_and ~2 do_it|die|end|go
        after|once ~5 {i} ~1 !allowed|free ~1 to stop|go|rest|die
        affairs ~2 !order
        last !christmas|birthday ~2 {i} ~2 see|have|be
        better|properly|through ~3 !this_time ~4 {days}
        will|sorted|sort|paid ~5 then {i} !can ~1 go|stop|rest|leave|be_gone
        will|going_to not !be ~2 found|saved|stopped|late
        """,
    ),
    *signs(
        "planned",
        Strength.PERHAPS,
        """
        everything|paperwork|will|insurance|pension|funeral|bills|passwords|accounts ~3 !sorted|arranged|done|paid|ready|written|updated
        sorted|paid|arranged|cancelled|updated|wrote ~4 !will|pension|insurance|funeral|passwords|bills|rent|nomination
        """,
        "arranged",
    ),
    *signs(
        "planned",
        Strength.PERHAPS,
        """
        then {i} !can ~1 go|stop|rest
        only|just ~3 left|dog|cat ~3 !sort|sorted
        nearly !there ~1 now
        place|house|flat ~2 to !myself
        that_'s|that_is !when
        end|ending !it
        going_to|will|decided|gonna ~2 !do_it ~3 {days}|after|tonight
        """,
        "then",
    ),
)
GOODBYE = (
    *signs(
        "goodbye",
        Strength.SURE,
        """
        this ~1 {is} ~1 my !goodbye|farewell|last_post|last_message|last_words|last_night
        my !last ~1 message|post|words|text|share ~3 here|ever|to|%
        last time ~2 {i} ~2 !post|write|message|be_here|be_on_here|speak|talk_to_you
        last time ~2 !you ~2 hear|hearing|see ~2 me
        by|before|when|once|if ~3 time|morning|tomorrow|you|read*|monday|wake ~4 {i} ~2 will|'ll|am|is|be ~1 !gone|dead|not_here|not_be_here|out_of
        {i} ~1 will be !gone|dead|out_of ~5 way|good|soon|now|morning|tonight|tomorrow|then|tell
        out ~1 of ~1 everyone|everybody|everyones|everybodys|your|their|the ~1 's? !way|hair ~2 for_good|forever|soon
        when|after|once {i} {is} !gone|dead ~4 tell|please|look|take|they|do|you|will|be|%
        tell ~1 my|them|her|him|mum|kids|everyone ~4 {i} ~2 !tried|loved|love|sorry|proud
        {i} can|will|am not ~1 !be_here|be_around|here ~3 past|after|much_longer|anymore|any_more|tomorrow|{days}
        not ~1 be ~1 !around|here|problem|bother|burden ~2 anymore|any_more|any_longer|much_longer|tomorrow|no_more
        look_after|take_care_of|mind|feed|take|have|give ~2 my|the ~1 dog|cat|kids|tortoise|children|boy|girl|rabbit|animals|fish|birds|bird|budgie ~4 !when|after|once|for_me|past|gone|please|can
        {my}? ~2 key|keys|body ~4 !whoever ~2 finds
        sorry|forgive|love ~9 !bye|goodbye|tried|goodnight ~2 everyone|all|forever|mum|now|world|bye|you
        goodbye|farewell|bye ~1 !world|cruel|forever ~1 everyone|all|and|my|i
        it|this|none ~2 {is} ~1 never|not|nobodys|nobody|no_one ~1 's? your|anyones|anybodys|anyone_'s ~1 !fault
        not !blame yourself|yourselves|him|her
        {they} ~4 goodbye|farewell ~1 text|note|message|letter|to_me|call ~6 !not|gone|missing|off
        leave|leaving|left ~3 !note ~4 gone|phone|missing|not|and
        {i} ~2 not ~1 be ~1 !posting|writing|bothering|replying|coming_back ~2 anymore|any_more|again|back|you
        you|nobody|they will ~1 not !hear ~1 from me
        signing_off ~2 !for_good|forever|now
        goodbye everyone|everybody|all !i
        see ~1 you !on_the_other_side|in_the_next|in_another_life|in_heaven
        """,
    ),
    *signs("goodbye", Strength.PERHAPS, "goodbye|farewell|bye|goodnight", "farewell"),
    *signs(
        "goodbye",
        Strength.PERHAPS,
        """
        sorry ~3 everyone|all|everything|mum|world|for|to
        forgive ~1 me
        it|this|'s|is|all ~1 !too_much|2_much|2_muchh
        {i} ~2 !tried
        always ~3 !enough
        """,
        "sorry",
    ),
    *signs(
        "goodbye",
        Strength.PERHAPS,
        """
        {i} ~1 !love ~1 you ~1 all|lot|everyone|so|mum|much
        {i} !love you %
        {i} !love you
        one|more|last ~1 more? !time ~2 see|%
        """,
        "love",
    ),
    *signs(
        "goodbye",
        Strength.PERHAPS,
        """
        {they} ~2 !dropped|gave|given|giving|giving_away|hugged ~4 dog|cat|watch|guitar|things|mine|away|ages|me
        gave|giving|given ~4 !away
        {they} never ~1 !writes|says|texts|hugs|talks|does
        """,
        "gift",
    ),
    *signs(
        "goodbye",
        Strength.PERHAPS,
        """
        {is} ~1 not ~1 !picking_up|answering|replying|at_his|at_her|there|home|been_seen|seen
        not ~1 !seen|heard|found|picked|answer* ~2 him|her|from|up|since
        phone ~2 !off|dead|ringing
        can ~1 not !find|reach|get_hold ~1 {they}
        {is} ~1 !missing
        """,
        "gone",
    ),
    *signs(
        "goodbye",
        Strength.PERHAPS,
        """
        one last|more !time
        for !good
        find|finds !me
        long kind
        """,
        "end",
    ),
)
FAREWELL = (*PLANNED, *GOODBYE)
