"""Words that could show another how: means together with an amount, a place or a way.

What is left out follows the Samaritans' media guidelines: no detail of a method, no quantity, no named place.
"""

import re

NUMBER = (
    r"(?:\d{1,4}(?:mg|ml|g)?|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred|"
    r"dozen|dozens|whole (?:box|packet|strip|bottle) of)"
)
MEDICINE = (
    r"(?:pills?|tablets?|paracetamol|tylenol|codeine|xanax|benzos?|valium|diazepam|oxys?|oxycodone|"
    r"insulin|morphine|"
    r"fentanyl|heroin|methadone|pregabalin|amitriptyline|propranolol|antidepressants|sleepers|aspirin|"
    r"ibuprofen|"
    r"zopiclone|tramadol|units|capsules|percs)"
)
METHOD = re.compile(
    rf" (?:{NUMBER} (?:\S+ ){{0,3}}{MEDICINE}|{MEDICINE} (?:\S+ ){{0,3}}{NUMBER}"
    r"|(?:tie|tied|tying|rope|noose|ligature|belt|cord) (?:\S+ ){0,5}(?:beam|rafters?|door|hook|neck|tree|"
    r"loft|banister|knot)"
    r"|(?:helium|nitrogen|carbon monoxide|charcoal|exhaust|hose|exit bag|sodium nitrite|cyanide|"
    r"antifreeze|bleach)"
    r"|(?:cut|cutting|slit|slice|blade|razor) (?:\S+ ){0,4}(?:deep|deeper|vein|veins|artery|lengthways|"
    r"along|downwards|vertical)"
    r"|(?:bathtub|bath) (?:\S+ ){0,4}(?:razor|blade|toaster)"
    r"|(?:train|tide) times)(?= )"
)


def shows_how(line: str) -> tuple[int, int] | None:
    """Return where in a line (start, end) a detail of a method stands, if one does."""
    found = METHOD.search(line)
    return (found.start() + 1, found.end()) if found else None
