import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from histories import ASKED, DAYS, Node, histories, in_place, last_day
from pathtrack.record.filters import Filters
from pathtrack.record.model import Update
from pathtrack.record.order import Order
from pathtrack.record.status import Response
from pathtrack.record.view import View, view
from samples import tracked

ENDED = {"implemented", "not-implemented"}
NAMES = {"D1": {"d1"}, "D1.a": {"d1.a"}, "D2": {"d2", "r1"}}


def heard(nodes: list[Node], identifier: str, on: dt.date, by: str | None) -> list[Update]:
    """Return what counts of a recommendation, read by hand."""
    right = in_place(nodes, range(len(nodes)))
    return [
        each
        for each in sorted(right, key=lambda each: last_day(each.date))
        if NAMES[identifier] & {name.lower() for name in each.recommendations}
        and last_day(each.date) <= on
        and (by is None or each.by.strip().casefold() == by)
    ]


def of(updates: list[Update], actor: str) -> list[Update]:
    return [each for each in updates if not each.actors or actor in {name.casefold() for name in each.actors}]


def newest(updates: list[Update], name: str) -> str | None:
    given = [getattr(each, name) for each in updates if getattr(each, name)]
    return given[-1] if given else None


def ids(found: View) -> list[str]:
    return [each.recommendation.id for each in found.standings]


@given(nodes=histories(), on=DAYS, by=st.sampled_from([None, "ana", "bo"]), data=st.data())
def test_whose_move_it_is_and_who_has_not_answered_is_read_as_by_hand(
    nodes: list[Node], on: dt.date, by: str | None, data: st.DataObject
) -> None:
    found = view(tracked(*ASKED, *(each for each, _ in nodes)), on=on, by=by, parts=data.draw(st.booleans()))
    about = {name: heard(nodes, name, on, by) for name in ids(found)}
    asked = {each.id: [*map(str.casefold, each.actors)] for each in ASKED}
    involved = {
        name: {*asked[name], *(actor.casefold() for each in said for actor in each.actors)}
        for name, said in about.items()
    }
    assert {
        (actor.casefold(), each.recommendation.id) for actor, rows in found.moves.items() for each in rows
    } == {
        (actor, name)
        for name, actors in involved.items()
        for actor in actors
        if newest(of(about[name], actor), "status") not in ENDED
        and newest(of(about[name], actor), "response") != "rejected"
    }
    awaited = [name for name, said in about.items() if asked[name] and not newest(said, "response")]
    assert ids(found.keep(Filters(awaiting=True).admit)) == awaited
    for standing in found.standings:
        name = standing.recommendation.id
        answers = {newest(of(about[name], actor), "response") for actor in involved[name]} - {None}
        answers |= {newest(of(about[name], ""), "response")} - {None} if not answers else set()
        expected = "several" if len(answers) > 1 else next(iter(answers), "none")
        assert standing.answer == expected


@given(
    nodes=histories(), on=DAYS, response=st.sampled_from(Response), actor=st.sampled_from(["SEOUL", "tokyo"])
)
def test_lists_by_answer_by_actor_and_by_slip_are_read_as_by_hand(
    nodes: list[Node], on: dt.date, response: Response, actor: str
) -> None:
    found = view(tracked(*ASKED, *(each for each, _ in nodes)), on=on, parts=True)
    about = {name: heard(nodes, name, on, None) for name in ids(found)}
    asked = {each.id: each for each in ASKED}
    for name, said in about.items():
        actors = {each.casefold() for update in said for each in update.actors}
        actors |= {each.casefold() for each in asked[name].actors}
        given = {newest(of(said, each), "response") for each in (*actors, "")}
        assert (name in ids(found.keep(Filters(responses=[response]).admit))) is (response in given)
        assert (name in ids(found.keep(Filters(actors=[actor]).admit))) is (actor.casefold() in actors)
        targets = [each for each in (asked[name].due, *(each.due for each in said)) if each]
        slips = sum(str(one) != str(other) for one, other in pairwise(targets))
        assert (name in ids(found.keep(Filters(slipped=True).admit))) is (slips > 0)
    for standing in found.of([actor]).standings:
        said = about[standing.recommendation.id]
        is_named = any(actor.casefold() in map(str.casefold, each.actors) for each in said)
        wanted = of(said, actor.casefold() if is_named else "")
        assert standing.shown.status == (newest(wanted, "status") or "not-assessed")


@given(nodes=histories(), on=DAYS, order=st.sampled_from(Order))
def test_sorting_loses_nothing_and_keeps_what_is_equal_in_order(
    nodes: list[Node], on: dt.date, order: Order
) -> None:
    found = view(tracked(*ASKED, *(each for each, _ in nodes)), on=on, parts=True)
    first = found.sorted(order)
    assert sorted(ids(first)) == sorted(ids(found))
    assert ids(first.sorted(order)) == ids(first)
    given = [(each.due is None, each.due) for each in first.standings]
    assert order is not Order.DUE or [none for none, _ in given] == sorted(none for none, _ in given)
    assert sum(map(len, first.by_area.values())) == len(first.standings)
