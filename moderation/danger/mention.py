"""What is only spoken about: training, books, films, forms, the dead who are mourned."""

import re

MENTION = re.compile(
    r" (?:training|course|workshop|essay|lecturer|lecture|talk on|talks on|doing a talk|book|books|novel|"
    r"film|movie|scene|song|lyrics?|"
    r"opera|play|poem|poet|theatre|episode|series|documentary|netflix|podcast|crossword|quiz|article|"
    r"headline|leaflet|leaflets|"
    r"poster|mugs|prevention|awareness|hotline|helpline|samaritans|crisis line|safety plan|supervision|"
    r"syllabus|policy|kit|kits|first aid|"
    r"student|placement|rota|minutes|agenda|signposting|mentors|volunteers?|bereavement|coroner|funeral|"
    r"inquest|anniversary|"
    r"memorial|vigil|candle|heaven|headstone|grave|passed|lost (?:my|our|him|her|a|his)|died|expired|rip|"
    r"bench|"
    r"chart|letter arrived|discharge|form|record|insurance|doctor sahib|nurse wrote|asked if|ask if|"
    r"course|group topic|"
    r"(?:if|when|whenever) (?:\S+ )?(?:someone|somebody|anyone|anybody|a friend|people|someones|you find|"
    r"you see|you|they)|"
    r"can (?:bring on|cause|kill|lead|trigger|be fatal)|(?:999|911|112) (?:if|and|n)|always ambulance|"
    r"need to talk about|"
    r"am-dram|juliet|shakespeare|hamlet|tea towel|dorothy|bell jar|trainspotting|sings|wonderful life|lol|"
    r"haha|lmao)(?= )"
)


def is_mention(line: str) -> bool:
    """Whether a line speaks about the matter: teaches, reads, mourns, files or jokes."""
    return bool(MENTION.search(line))
