from pathtrack.record.status import DEFINITIONS, PROOF_OF_IMPLEMENTATION, Kind, Status
from statements import for_each

CROSSWALK = """
not-assessed     Open                        -                       -
not-started      Open                        Limited Progress        Not Started
in-progress      Open                        On Track                Limited
partial          Open–Partially Addressed    Nearing Implementation  Substantial
implemented      Closed–Implemented          Implemented             Complete
stalled          Open                        Significant Barriers    Limited
not-implemented  Closed–Not Implemented      Significant Barriers    Not Started
reversed         Open                        Limited Progress        Limited
"""


def test_there_are_eight_statuses_in_the_order_of_the_design() -> None:
    assert [*Status] == [row.split()[0] for row in CROSSWALK.strip().splitlines()]
    assert [*DEFINITIONS] == [*Status]


def test_there_are_eight_kinds_of_evidence() -> None:
    assert " ".join(Kind) == "law agreement statement budget operation report news opinion"


@for_each("row", CROSSWALK.strip().splitlines())
def test_each_status_has_the_words_of_the_other_bodies(row: str) -> None:
    status, gao, csc, ogp = (cell.strip() for cell in row.replace("  ", "\t").split("\t") if cell.strip())
    definition = DEFINITIONS[Status(status)]
    assert (definition.gao, definition.csc or "-", definition.ogp or "-") == (gao, csc, ogp)


@for_each("status", Status)
def test_each_status_says_what_it_means_and_all_but_the_default_what_they_want(status: Status) -> None:
    assert DEFINITIONS[status].meaning.endswith(".")
    assert bool(DEFINITIONS[status].wants) is (status is not Status.NOT_ASSESSED)


def test_words_about_a_thing_do_not_prove_that_it_is_in_force() -> None:
    assert set(Kind) - PROOF_OF_IMPLEMENTATION == {Kind.REPORT, Kind.NEWS, Kind.OPINION}
