"""The audit of the shipped record finds each thing that a record may not claim."""

import audit
import pytest

from pathtrack.file.document import Document
from statements import for_each

PAGE = "https://example.org/report"
SOURCE = "https://example.org/source"
GOOD = f'''[report]
title = "R"
url = "{PAGE}"
method = "How it was made."

[[recommendation]]
id = "A1"
area = "a"
title = "T"
ref = "One"
summary = "S."
actors = ["X"]
done_when = "It is done."

[[recommendation]]
id = "A1.a"
part_of = "A1"
title = "U"
actors = ["X"]
done_when = "That is done."

[[update]]
date = 2025-01-02
recorded = 2026-11-22T04:45:00Z
by = "pathtrack maintainers"
recommendations = ["A1"]
status = "in-progress"
confidence = "high"
note = "It began."
[[update.evidence]]
title = "T"
url = "{SOURCE}"

[[update]]
date = "2026-04"
recorded = 2026-11-22T04:45:00Z
by = "pathtrack maintainers"
recommendations = ["A1"]
note = "It went on."

[[update]]
date = 2027-01-01
by = "Somebody else"
recommendations = ["A1"]
status = "partial"
'''
HELD = audit.Held(frozenset({PAGE, SOURCE, "https://example.org/2025/03/04/dated"}))
EIGHT = "one two three four five six seven eight"


def found(text: str, held: audit.Held = HELD) -> list[str]:
    return list(audit.audit(Document.read(text.encode(), name="f").tracker, held))


def test_a_good_record_is_not_objected_to_whatever_others_have_added() -> None:
    assert found(GOOD) == []


@for_each(
    "old, new, problem",
    [
        (PAGE, "https://example.org/other", "[report]: https://example.org/other is not a verified address"),
        (SOURCE, "https://example.org/b", "2025-01-02 A1: https://example.org/b is not a verified address"),
        (
            'date = "2026-04"',
            "date = 2026-04-17",
            "2026-04-17 A1: is dated after the newest fact",
        ),
        ('date = "2026-04"', 'date = "2026-05"', "2026-05 A1: is dated after the newest fact, 2026-04-16"),
        (
            '"in-progress"',
            '"implemented"',
            "2025-01-02 A1: implemented wants evidence of kind law",
        ),
        ('confidence = "high"\n', "", "2025-01-02 A1: does not say how sure its status is"),
        ("recorded = 2026-11-22T04:45:00Z\n", "", "2025-01-02 A1: does not say when it was recorded"),
        ("It began.", "Since 2020\\n1. it began.", "2025-01-02 A1: has a line that begins like a list, '1.'"),
        ("It began.", "It\\n- began.", "2025-01-02 A1: has a line that begins like a list, '-'"),
        ("It began.", f"It is {EIGHT}!", "2025-01-02 A1: has 8 words in a row from a source"),
        ('title = "T"\nref', f'title = "{EIGHT}"\nref', "A1: has 8 words in a row from a source"),
        ("It is done.", f"{EIGHT}.", "A1: has 8 words in a row from a source"),
        ("How it was made.", f"{EIGHT}.", "[report]: has 8 words in a row from a source"),
        ("It began.", "It began. Confidence: high.", "2025-01-02 A1: says 'Confidence:' in prose"),
        ("It began.", "The US began.", "2025-01-02 A1: says 'US' in prose"),
        ('date = "2026-04"', "date = 2025-01-01", "2025-01-01 A1: stands after a newer one"),
        (SOURCE, "https://example.org/2025/03/04/dated", "shows a date, 2025/03/04, that is not given"),
        ('done_when = "It is done."\n', "", "A1: lacks done_when or actors"),
        ('actors = ["X"]\ndone_when = "That', 'done_when = "That', "A1.a: lacks done_when or actors"),
        ('ref = "One"\n', "", "A1: lacks ref or summary"),
        ('status = "in-progress"\nconfidence = "high"\n', "", "A1: has no judgement"),
        ('recommendations = ["A1"]\nstatus', 'recommendations = ["A2"]\nstatus', "no recommendation 'A2'"),
        ("It went on.", "It went\\u202e on.", "note contains a control or direction character"),
    ],
)
def test_each_rule_finds_what_it_is_for(old: str, new: str, problem: str) -> None:
    assert old in GOOD
    broken = found(GOOD.replace(old, new, 1), HELD._replace(phrases=frozenset(audit.runs(EIGHT))))
    assert [each for each in broken if problem in each], broken


def test_nobody_has_to_say_how_sure_it_is_that_nobody_looked() -> None:
    assert found(GOOD.replace('note = "It went on."', 'note = "It."\nstatus = "not-assessed"')) == []


def test_what_was_typed_later_may_stand_after_newer_updates() -> None:
    late = GOOD.replace(
        'date = "2026-04"\nrecorded = 2026-11-22T04:45:00Z', "date = 2024-01-01\nrecorded = {}"
    )
    assert found(late.format("2026-11-22T04:45:01Z")) == []
    assert found(late.format("2026-11-22T04:44:59Z")) == ["2024-01-01 A1: stands after a newer one"]


def test_an_address_is_described_in_one_way_and_cited_once_in_an_update() -> None:
    again = f'[[update.evidence]]\ntitle = "V"\nurl = "{SOURCE}"\n'
    elsewhere = GOOD.replace('note = "It went on."\n', f'note = "It went on."\n{again}')
    assert found(elsewhere) == [f"{SOURCE} is described in two ways"]
    twice = GOOD.replace(f'url = "{SOURCE}"\n', f'url = "{SOURCE}"\n{again}')
    assert "2025-01-02 A1: cites an address twice" in found(twice)


@pytest.mark.parametrize(
    ("held", "problem"),
    [
        (HELD._replace(evidence=2), "fewer than 2 pieces of evidence"),
        (HELD._replace(distinct=2), "fewer than 2 addresses"),
        (HELD._replace(corrections=1), "fewer than 1 corrections"),
    ],
)
def test_there_is_at_least_so_much(held: audit.Held, problem: str) -> None:
    assert found(GOOD, held) == [problem]


def test_seven_words_in_a_row_may_be_anybodys() -> None:
    phrases = frozenset(audit.runs(EIGHT))
    assert len(phrases) == 1
    assert (
        found(GOOD.replace("It began.", "One two three four five six seven."), HELD._replace(phrases=phrases))
        == []
    )
