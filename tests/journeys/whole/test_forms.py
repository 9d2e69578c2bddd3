"""Claims about reading forms: what is in the page is what would be sent."""

from tests.journeys.whole.forms import forms_in

PAGE = """
<form action="/one"><input type="hidden" name="form_token" value="a&amp;b"><input name="handle">
<input type="checkbox" name="accept" value="1"><input type="radio" name="why" value="x" checked></form>
<p><input name="outside"></p>
<form action="/two"><select name="space"><option value="1">Day</option><option value="2" selected>Night
</option></select><textarea name="text">
Slowly.</textarea><button name="action" value="go">Go</button></form>
"""


def test_fields_have_the_values_that_the_page_gives_them() -> None:
    one, two = forms_in(PAGE)

    assert (one.action, two.action) == ("/one", "/two")
    assert one.values["form_token"] == "a&b"
    assert one.values["why"] == "x"
    assert "accept" in one.names
    assert "accept" not in one.values
    assert two.values == {"space": "2", "text": "Slowly."}
    assert two.choices == {"space": [("Day", "1"), ("Night", "2")]}
    assert "action" in two.names
