"""How months, durations and counts are written."""

import pytest
from babel import Locale

from forum.transparency.months import Month
from forum.transparency.spelling import Duration, Spelling

ENGLISH, GERMAN = Spelling(Locale("en")), Spelling(Locale("de"))


@pytest.mark.parametrize(
    ("seconds", "said", "iso"),
    [
        (0, "1 minute", "PT1M"),
        (61, "2 minutes", "PT2M"),
        (540, "9 minutes", "PT9M"),
        (7_199, "120 minutes", "PT120M"),
        (7_201, "3 hours", "PT3H"),
        (172_800, "2 days", "P2D"),
    ],
)
def test_a_duration_is_rounded_up_to_a_whole_unit(seconds: float, said: str, iso: str) -> None:
    assert ENGLISH.within(seconds) == Duration(said, iso)


def test_months_and_numbers_are_written_as_the_language_does() -> None:
    assert (ENGLISH.month(Month(2026, 10)), GERMAN.month(Month(2026, 10))) == ("October 2026", "Oktober 2026")
    assert ENGLISH.short(Month(2026, 10)) == "Oct 2026"
    assert (ENGLISH.number(1204), GERMAN.number(1204)) == ("1,204", "1.204")
    assert ENGLISH.share(0.414) == "41%"
    assert GERMAN.within(540).said == "9 Minuten"


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0 min"), (1800, "30 min"), (43_200, "12 hr"), (172_800, "2 days")]
)
def test_the_scale_of_a_chart_is_short(seconds: float, said: str) -> None:
    assert ENGLISH.tick(seconds) == said


@pytest.mark.parametrize("code", ["de", "fr", "es", "pt_BR", "pl", "ru", "ar", "he", "tr", "ja", "zh", "sw"])
def test_no_language_says_the_name_of_a_unit_for_the_unit(code: str) -> None:
    spelling = Spelling(Locale.parse(code))
    lengths = (60, 7200, 172_800)

    said = [spelling.tick(one) for one in lengths] + [spelling.within(one).said for one in lengths]

    assert not [one for one in said if "duration" in one]
