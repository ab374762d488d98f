import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folders import ON, made
from pathtrack.export.content import Content
from pathtrack.export.places import Places, area_stem, stems
from samples import seen

IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,6}", fullmatch=True)
NAMED = IDS | st.sampled_from(["con", "CON", "nul.x", "Com1", "lpt9.a.b", "D1", "d1"])


@given(st.lists(NAMED, unique=True))
def test_files_of_ids_differ_on_every_system(names: list[str]) -> None:
    found = stems(names)
    assert [*found] == names
    assert len({each.lower() for each in found.values()}) == len(names)
    for stem in found.values():
        assert stem.split(".")[0].lower() not in {"con", "nul", "com1", "lpt9"}


@pytest.mark.parametrize(
    ("area", "stem"),
    [("Open  data", "open-data"), ("defense", "defense"), ("국방", "area-"), ("con", "area-")],
)
def test_an_area_has_a_file_name(area: str, stem: str) -> None:
    found = area_stem(area)
    assert found == stem or (found.startswith(stem) and len(found) == len("area-") + 12)
    assert area_stem(unicodedata.normalize("NFD", area)) == found


def test_areas_of_other_letters_have_files_of_their_own() -> None:
    assert area_stem("국방") != area_stem("우주")


@pytest.mark.parametrize(
    ("given_", "site"),
    [
        ("https://river.example/a", "https://river.example/a/"),
        ("https://river.example/a/", "https://river.example/a/"),
        ("javascript:alert(1)", ""),
        ("https://river.example/?page=1", ""),
        (None, ""),
    ],
)
def test_the_address_of_a_folder_ends_in_a_slash_and_is_safe(given_: str | None, site: str) -> None:
    assert Places(Content(seen(made(site=given_), ON))).site == site


def test_equal_updates_have_places_of_their_own() -> None:
    tracker = made()
    twice = replace(tracker, updates=(*tracker.updates, replace(tracker.updates[4])))
    places = Places(Content(seen(twice, ON)))
    assert len({*places.milestones.values()}) == len(places.content.view.updates)
