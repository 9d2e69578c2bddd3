"""Words that look like the names of people: who is a public person, and what is no person at all."""

import re
from collections.abc import Iterator

from moderation.details.vocabulary import vocabulary

CAP = r"(?:[^\W\d_a-z\u00df-\u00ff](?:\w|'(?=[A-Z])){0,24}(?:-[^\W\d_]\w{0,24}){0,3})"
PARTICLE = r"(?:N\u00ed|\u00d3|O'|Mac|Mc|van|von|der|den|de|da|di|la|le|bin|binti|ibn|al|el|St\.?|ter)"
NAME = re.compile(
    rf"(?<![\w@#'/.-]){CAP}(?: {{1,2}}(?:[A-Z]\.? )?(?:{PARTICLE} ){{0,2}}{CAP}){{1,3}}(?![\w@])"
)

PUBLIC = vocabulary(
    "amy winehouse|stephen king|robert downey|johnny cash|gabor mat\u00e9|gabor mate|betty ford|"
    "paul gascoigne|tony adams|matthew perry|russell brand|demi lovato|elton john|eric clapton|"
    "anthony hopkins|daniel radcliffe|bradley cooper|ben affleck|jamie lee|drew barrymore|"
    "lindsay lohan|charlie sheen|whitney houston|kurt cobain|jimi hendrix|janis joplin|heath ledger|"
    "philip seymour|prince harry|george best|oliver reed|richard burton|ozzy osbourne|keith richards|"
    "david bowie|iggy pop|lou reed|steven tyler|anthony kiedis|dax shepard|john mulaney|"
    "russell howard|jack osbourne|kelly osbourne|zac efron|colin farrell|ewan mcgregor|tom hardy|"
    "craig ferguson|jimmy carr|davina mccall|bill wilson|bob smith|lois wilson|bren\u00e9 brown|"
    "brene brown|annie grace|allen carr|catherine gray|holly whitaker|laura mckowen|caitlin moran|"
    "matt haig|william burroughs|irvine welsh|carl jung|viktor frankl|eckhart tolle|oprah winfrey|"
    "mary karr|augusten burroughs|nikki sixx|james hetfield|trent reznor|tom waits|stevie nicks|"
    "eric bristow|alex higgins|jimmy white|ricky hatton|tyson fury|frank bruno|wayne rooney|"
    "paul merson|jimmy greaves|kate moss|naomi campbell|boy george|george michael|pete doherty|"
    "michael jackson|elvis presley|judy garland|marilyn monroe|carrie fisher|robin williams|"
    "chris farley|john belushi|mac miller|lil peep|tom petty|amy poehler|samuel jackson|samuel l|"
    "denzel washington|morgan freeman|brad pitt|angelina jolie|miley cyrus|britney spears|"
    "justin bieber|taylor swift|ed sheeran|lady gaga|freddie mercury|bob marley|bob dylan|"
    "john lennon|jim morrison|billie holiday|ray charles|miles davis|charlie parker|chet baker|"
    "ernest hemingway|dylan thomas|jack kerouac|edgar allan|scott fitzgerald|nelson mandela|"
    "barack obama|joe biden|hunter biden|george bush|donald trump|boris johnson|charles kennedy|"
    "winston churchill|mother teresa|homer simpson|barney gumble|harry potter|sherlock holmes|"
    "ted lasso|brendan behan|shane macgowan|christy moore|phil lynott|sinead o'connor|"
    "sin\u00e9ad o'connor|marian keyes|nora volkow|anna lembke|carl hart|johann hari|marc lewis|"
    "david nutt|maia szalavitz|andrew huberman|joe rogan|nick cave|fiona apple|kristen bell|"
    "eva mendes|ringo starr|gary oldman|mickey mantle|josh hamilton|darryl strawberry|diego maradona|"
    "andre agassi|john daly|tiger woods|michael phelps|lamar odom|abby wambach|theo fleury|"
    "anne lamott|marsha linehan|william silkworth|ebby thacher|florence welch|father martin|"
    "louis theroux|jo brand|jean rhys|raymond carver|john cheever|olivia laing|leslie jamison|"
    "sarah hepola|caroline knapp|jean kirkpatrick",
    "|",
)
"""Well known for what they do, and many for their recovery, which they made public themselves."""
TOLD_OF = re.compile(
    r"\b(?:book|books|audiobook|author|wrote|writes|writing|film|movie|song|songs|album|podcast|"
    r"interview|documentary|telly|tv|"
    r"reading|read|memoir|biography|autobiography|actor|actress|singer|band|quote|quoted|radio|ted talk|"
    r"netflix|episode|"
    r"played|series|famous|sang|sings|singing|karaoke|mad about|fan of|starring|crush on|celebrity|celeb|"
    r"poem|poet|novel|chapter|concert|gig|guitarist|footballer|striker|speakers|listened|"
    r"president|minister|senator|influencer|youtube|lyrics|match|scored|watching|watched)\b",
    re.IGNORECASE,
)
NO_PERSON = vocabulary(
    "the a an my our his her your their i i'm im i've i'd i'll we you he she they it it's this that "
    "these those there here and but so or if when what who why how where is are was were do does did "
    "don't not no yes ok okay hi hello hey dear thanks thank please sorry just monday tuesday "
    "wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december christmas easter lent ramadan diwali eid new year day days "
    "week month one two three four five six seven eight nine ten first second third step steps big "
    "book blue chapter page twelve traditions alcoholics narcotics gamblers cocaine anonymous aa na "
    "ca ga al-anon alanon al anon alateen smart recovery salvation army turning point samaritans nhs "
    "hse gp dr sober sobriety clean street road avenue lane drive park hospital clinic surgery centre "
    "center church hall school primary college university house court hotel bar pub cafe station "
    "airport bank office department council county city town north south east west northern southern "
    "eastern western great grand royal united kingdom states america american british english irish "
    "scottish welsh french german indian african european catholic christian muslim jewish buddhist "
    "god lord jesus christ allah serenity prayer act health mental service services social security "
    "credit universal quality sporting chance on of in at for to from with by facebook instagram "
    "tiktok google zoom whatsapp netflix amazon tesco lidl aldi sainsbury's morrisons asda boots "
    "costa starbucks higher power good morning evening night happy birthday merry home group meeting "
    "meetings women's men's line crisis text help freedom programme program rehab detox unit ward "
    "floor section phase stage level room saint st mount lake river sea bay beach island san santa "
    "los las fort port bridge street. mcdonald's burger king premier league cup world champions "
    "stanley old young little big grateful anxious tired lonely happy hopeful sad lucky nervous proud "
    "broken lost scared newcomer lurker anon mum dad mom auntie uncle gran granny nan grandad "
    "granddad nana pastor reverend rev father mother brother sister doctor nurse misuse drugs drug "
    "alcohol coca cola diet pepsi red bull bull dry tv bbc itv sky uk usa us eu covid lockdown love "
    "xx xxx poison control emergency national helpline suicide lifeline childline frank pieta shelter "
    "citizens advice women mind relate form version windows iphone android apple samsung xbox "
    "playstation spotify youtube universal moss phoenix quiet late brave vivitrol suboxone subutex "
    "methadone naltrexone antabuse camping campral librium valium xanax long still even maybe also "
    "then any every some all other another everyone anyone someone nobody somebody anybody because "
    "since after before until while though posted signed found went got been had have has met took "
    "made came tried felt told said asked gave found started stopped quit people men women kids boys "
    "girls guys lads folks friends family friend partner husband wife son daughter me us them him "
    "can't cant won't don't couldn't can could would will should may might must let lets let's never "
    "always only now today tonight yesterday tomorrow once twice last next same more most less many "
    "much few lots lot too very really well back up down out off over under gmt est pst bst ptsd adhd "
    "ocd bpd cbt dbt emdr hiv hep std iop php mat asam step-down hmp hmrc dwp pip esa uc mr mrs ms "
    "miss sir lady lord myself yourself himself herself ng\u0101ti unexpected joy bless amen amazing "
    "congrats congratulations welcome well done keep stay be go going come coming take try trying "
    "think remember"
)
"""Words with which no name begins and no surname ends; what begins sentences, places, programmes, brands."""


def full_names(text: str) -> Iterator[re.Match[str]]:
    """Yield what looks like a first and a family name, or more names, and is no public person's."""
    place = 0
    while found := NAME.search(text, place):
        words = found.group().split()
        first = next((n for n, word in enumerate(words) if word.lower().strip(".") not in NO_PERSON), None)
        if first is None or len(words) - first < 2:  # noqa: PLR2004 - a first and a family name
            place = found.end()
            continue
        if first:
            place = found.start() + _length(found.group(), first)
            found = NAME.match(text, place)
            if found is None:
                place += 1
                continue
        if is_person(found.group()) and not (found.group().isupper() and text.isupper()):
            yield found
        place = found.end()


def _length(name: str, words: int) -> int:
    """Return how many characters the first words of a name take, with the space after them."""
    pieces = re.findall(r"\S+ *", name)
    return len("".join(pieces[:words]))


def is_person(name: str) -> bool:
    """Whether a name is a private person's: no word is of a place or programme, and nobody public has it."""
    words = name.lower().replace(".", "").split()
    public = any(" ".join(words[n : n + 2]) in PUBLIC for n in range(len(words) - 1))
    return not public and not NO_PERSON.intersection(words)
