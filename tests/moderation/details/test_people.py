"""What looks like a person's name."""

import pytest

from moderation.details.people import full_names


def found(text: str) -> list[str]:
    return [one.group() for one in full_names(text)]


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("then Marta Quillfeather said", "Marta Quillfeather"),
        ("Siobhán Ní Mhurchadha came", "Siobhán Ní Mhurchadha"),
        ("But Kwame Boateng-Asante knew", "Kwame Boateng-Asante"),
    ],
)
def test_a_private_name_is_found(text: str, detail: str) -> None:
    assert detail in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Amy Winehouse on the radio",
        "Narcotics Anonymous",
        "Happy Christmas",
        "Phoenix Park",
        "Big Book",
        "Salvation Army",
        "Grateful Gary",
        "Step Four",
    ],
)
def test_what_is_no_private_name_is_none(text: str) -> None:
    assert found(text) == []
