"""The words that streets and buildings are named with, in the countries where most of our readers live."""

from moderation.details.vocabulary import vocabulary

SURE_TYPES = vocabulary(
    "street str road rd avenue ave lane ln drive dr crescent cres terrace boulevard blvd gardens gdns "
    "close cl mews parade pde highway hwy circle cir trail trl wynd croft brae drove grove cul-de-sac "
    "esplanade quay vale causeway nagar colony vihar marg chowk enclave salai layout crossroad "
    "turnpike tpke parkway pkwy"
)
"""What hardly any other word is: a number, a name and one of these are an address in any case."""
OTHER_TYPES = vocabulary(
    "st court ct place pl way walk square sq loop row hill rise view park green end side gate bank "
    "field fields meadow meadows bridge cross common heights house lodge towers tower mansions "
    "buildings building flats apartments villas villa cottages cottage estate point ridge run bend "
    "pass path plaza alley yard wharf glen dale wood woods phase sector block street-east pike "
    "crossing landing cove manor hall mount bay"
)
"""What may be other words too: they count with a name in capitals."""

FAMOUS = frozenset(
    {
        "221b baker street",
        "742 evergreen terrace",
        "10 downing street",
        "11 downing street",
        "4 privet drive",
        "12 grimmauld place",
        "1600 pennsylvania avenue",
        "124 conch street",
        "42 wallaby way",
        "1313 mockingbird lane",
        "1428 elm street",
        "52 festive road",
        "32 windsor gardens",
        "31 spooner street",
        "77 sunset strip",
        "129 west 81st street",
        "21 jump street",
        "10 rillington place",
        "25 cromwell street",
        "42nd street",
        "34th street",
        "17 cherry tree lane",
        "7 eccles street",
        "4 candlewick green",
    }
)
"""Addresses that everybody knows: of books, films and governments."""

NO_NAMES = vocabulary(
    "minute minutes min mins mile miles day days hour hours week weeks month months year years step "
    "steps people of in the a an to and or for from at on with my your his her their our am pm more "
    "other people's men women lads kids km metre metres meter yards foot feet time times meetings "
    "guys folks drinks beers pints hr hrs mg ml way ways were was is are had have who that this "
    "minutes' hour's by down up off it's its so but if as when then than"
)
"""What no street is named: "a 10 minute walk", "12 of the way"."""
