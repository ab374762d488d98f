from intake import planned
from pathtrack.intake.identifiers import Identifiers
from samples import recommendation, tracked
from statements import for_each


def test_ids_are_the_first_letters_of_the_area_and_a_number() -> None:
    made = planned(
        ["Title", "Area"], ["One", "defense"], ["Two", "open data"], ["Three", "Defense"], ["Four", "교육"]
    )
    assert [(each.id, each.area) for each in made.recommendations] == [
        ("D1", "defense"),
        ("OD1", "open data"),
        ("D2", "defense"),
        ("R1", "교육"),
    ]


def test_ids_are_numbered_where_no_column_gives_an_area() -> None:
    assert [each.id for each in planned(["Title"], ["One"], ["Two"]).recommendations] == ["R1", "R2"]


def test_no_id_is_given_twice() -> None:
    tracker = tracked(recommendation("r1"), recommendation("R3"))
    made = planned(["Id", "Title"], ["", "One"], ["R2", "Two"], ["", "Three"], tracker=tracker)
    assert [each.id for each in made.recommendations] == ["R4", "R2", "R5"]


@for_each(
    "number, text, identifier",
    [
        ("GAO-25-1", "Do it. (Recommendation 4)", "GAO-25-1-4"),
        ("GAO-25-1", "Do it. [Recommendation 12.]", "GAO-25-1-12"),
        ("GAO-25-1", "Do it. (recommendations 5)", "GAO-25-1-5"),
        ("GAO-25-1", "Do it. (Recommendation 9", "GAO-25-1-9"),
        ("GAO-25-1", "Do it. (Recommendation 19-01)", "GAO-25-1-19-01"),
        ("GAO-25-1", "Do it. (Matter for Congressional Consideration 2)", "GAO-25-1-M2"),
        ("GAO-25-1", "Do it (Recommendation 2) at once.", "GAO-25-1-1"),
        ("GAO-25-1", "Do it.", "GAO-25-1-1"),
        ("No. 7 of 2025", "Do it. (Recommendation 4)", "R1"),
        ("G" * 35, "Do it. (Recommendation 4)", "R1"),
        ("G" * 34, "Do it. (Recommendation 1-123)", f"{'G' * 34}-1-123"),
        ("G" * 34, "Do it. (Recommendation 1-1234)", f"{'G' * 34}-1"),
        ("G" * 34, "Do it. (Matter 1234-5678)", f"{'G' * 34}-1"),
    ],
)
def test_a_publication_and_its_number_make_an_id(number: str, text: str, identifier: str) -> None:
    assert Identifiers([]).of_publication(number, text) == identifier


def test_a_stated_number_that_is_taken_gives_the_next_free_one() -> None:
    identifiers = Identifiers(["gao-25-1-1"])
    text = "Do it. (Recommendation 1)"
    assert [identifiers.of_publication("GAO-25-1", text) for _ in range(2)] == ["GAO-25-1-2", "GAO-25-1-3"]
