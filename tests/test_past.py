"""A past that was rewritten is named, however it was done."""

import datetime as dt
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from conftest import Run
from pathtrack.record.checks import past
from pathtrack.record.finding import Severity
from pathtrack.record.model import Recommendation, Update
from repositories import NAME, ask, be_known, commit, repository
from samples import SMALL, recommendation, tracked, update

ASKED = (recommendation("D1"), recommendation("D2", formerly=["R1"]))
NEW = update("2025-03-01", note="New.")


def messages(old: list[Update], new: list[Update], *asked: Recommendation) -> list[str]:
    before, after = tracked(*ASKED, *old), tracked(*(asked or ASKED), *new)
    return [each.message for each in past.rewritten(before, after, since="v1")]


def test_a_rewritten_past_is_an_error() -> None:
    old = tracked(update("2025-01-24", "D1", "D2"))
    (finding,) = past.rewritten(old, tracked(), since="v1")
    assert (finding.code, finding.severity) == ("rewritten-past", Severity.ERROR)
    assert finding.message == "changed or removed since v1: the update of 2025-01-24 about D1, D2 by Ana"


def test_what_an_older_version_lacks_is_counted() -> None:
    one, two = update(note="1"), update(note="2")
    assert past.missing([one, two, two], [two, one]) == [two]
    assert past.missing([one], [two, one]) == []


def test_two_updates_of_a_day_that_changed_places_are_named() -> None:
    one, two = update(status="partial"), update(status="stalled")
    (message,) = messages([one, two], [two, one, NEW])
    assert message.startswith(
        "moved since v1, although the last one of a day decides: the update of 2025-01-24"
    )
    for order in permutations([one, two, NEW]):
        assert bool(messages([one, two], [*order])) is (order.index(one) > order.index(two))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (update("2025-01-24"), update("2025-01-25")),
        (update("2025-01-24", "D1"), update("2025-01-24", "D2")),
        (update(), update()),
    ],
    ids=["days", "recommendations", "equal"],
)
def test_an_order_that_says_nothing_is_free(one: Update, two: Update) -> None:
    assert messages([one, two], [two, NEW, one]) == []


def test_an_id_that_is_given_to_another_recommendation_is_named() -> None:
    old = [update("2025-01-24", "R1"), update("2025-01-24", "D1")]
    elsewhere = (recommendation("D1", formerly=["R1"]), recommendation("D2"))
    taken = (recommendation("D1"), recommendation("D2"), recommendation("R1"))
    for asked in (elsewhere, taken):
        assert messages(old, old, *asked) == ["since v1, 'R1' means another recommendation"]
    old = [update("2025-01-24", "D1")]
    both = recommendation("D2", formerly=["D1", "R1"])
    for others in ([recommendation("N1")], []):
        assert messages(old, old, *others, both) == ["since v1, 'D1' means another recommendation"]


def test_a_moment_that_became_one_of_another_day_is_named() -> None:
    moment = dt.datetime.fromisoformat("2025-01-25T23:30:00+09:00")
    elsewhere = dt.timezone(dt.timedelta(hours=13))
    old, new = (update(recorded=each) for each in (moment, moment.astimezone(elsewhere)))
    assert old == new
    (message,) = messages([old], [new])
    assert message.startswith("changed or removed since v1")


def test_a_rename_that_keeps_the_old_ids_is_free() -> None:
    old = [update("2025-01-24", "R1"), update("2025-01-24", "D1")]
    asked = (recommendation("N1", formerly=["D1"]), recommendation("N2", formerly=["d2", "R1"]))
    assert messages(old, old, *asked) == []


# --- with a real git


def test_the_first_tracker_of_a_repository_passes_with_a_note(run: Run) -> None:
    be_known()
    (folder := repository(Path.cwd()) / "data").mkdir()
    ask("rm", "--quiet", NAME)
    Path("pyproject.toml").write_text("[tool.x]\nreport = true\n", encoding="utf-8")
    commit(Path.cwd(), "Without a tracker")
    (folder / NAME).write_bytes(SMALL)
    commit(Path.cwd(), "The first one")
    note = "note: HEAD~1 has no tracker yet, so that nothing in it can have changed\n"
    outcome = run("check", "--since", "HEAD~1", "-f", f"data/{NAME}")
    assert (outcome.code, outcome.err) == (0, note)
    assert run("check", "--since", "nowhere", "-f", f"data/{NAME}").code == 3


@pytest.mark.parametrize("place", ["new.toml", f"data/{NAME}", "new.txt"])
@pytest.mark.parametrize("more", ["", "# another\n"])
def test_a_tracker_that_was_moved_is_not_a_first_one(place: str, more: str, run: Run) -> None:
    be_known()
    repository(Path.cwd())
    Path("data").mkdir()
    ask("mv", NAME, place)
    Path(place).write_bytes(SMALL + more.encode())
    commit(Path.cwd(), "Move")
    refusal = run("check", "--since", "HEAD~1", "-f", place).refused(3)
    assert f"it has '{NAME}'; a tracker that was moved" in refusal


def test_a_tracker_out_of_a_submodule_or_a_link_is_not_a_first_one(run: Run) -> None:
    be_known()
    repository(Path.cwd())
    ask("rm", "--quiet", NAME)
    Path("data").symlink_to("elsewhere")
    commit(Path.cwd(), "A link")
    Path("data").unlink()
    Path("data").mkdir()
    (Path("data") / NAME).write_bytes(SMALL)
    commit(Path.cwd(), "A folder")
    assert "it has 'data'" in run("check", "--since", "HEAD~1", "-f", f"data/{NAME}").refused(3)


@pytest.fixture
def team() -> Path:
    """A repository with two trackers; the other one never said what the first one did."""
    settings = "[user]\nname = Ana\nemail = ana@example.org\n[init]\ndefaultBranch = main\n"
    (Path.home() / ".gitconfig").write_text(settings, encoding="utf-8")
    folder = repository(Path.cwd())
    for name in ("other", "data"):
        (folder / name).mkdir()
        (folder / name / NAME).write_bytes(SMALL)
    (folder / "other" / NAME).write_bytes(SMALL.replace(b"The dredger has arrived.", b"It has not arrived."))
    commit(folder, "Two more")
    return folder


def link_file(team: Path) -> None:
    (team / "data" / NAME).unlink()
    (team / "data" / NAME).symlink_to(Path("..", "other", NAME))


def link_folder(team: Path) -> None:
    (team / "data" / NAME).unlink()
    (team / "data").rmdir()
    (team / "data").symlink_to("other")


def move(team: Path) -> None:
    (team / "other" / NAME).replace(team / "data" / NAME)


def move_and_link(team: Path) -> None:
    """Keep the record under another name, in a form of its own."""
    (team / "data" / NAME).unlink()
    (team / "new.toml").write_bytes((team / "other" / NAME).read_bytes())
    (team / "data" / NAME).symlink_to(Path("..", "new.toml"))


@pytest.mark.parametrize("act", [link_file, link_folder, move, move_and_link])
def test_another_file_in_the_place_of_the_tracker_is_no_way_out(
    act: Callable[[Path], None], team: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    assert run("check", "--since", "main", "-f", f"data/{NAME}").code == 0
    act(team)
    commit(team, "A proposal")
    outcome = run("check", "--since", "HEAD~1", "-f", f"data/{NAME}")
    assert (outcome.code, "[rewritten-past]" in outcome.out) == (1, True)
    monkeypatch.chdir(team / "data")
    monkeypatch.setenv("PWD", str(team / "data"))  # as a shell does
    assert run("check", "--since", "HEAD~1").code == 1


def test_a_link_that_was_there_before_is_followed_as_it_was(team: Path, run: Run) -> None:
    (team / "link.toml").symlink_to(Path("data", NAME))
    commit(team, "A link")
    assert run("check", "--since", "HEAD", "-f", "link.toml").code == 0
    (team / "link.toml").unlink()
    (team / "link.toml").symlink_to(Path("other", NAME))
    commit(team, "It leads elsewhere")
    assert run("check", "--since", "HEAD~1", "-f", "link.toml").code == 1


def test_a_record_that_moved_with_a_link_in_its_place_passes(team: Path, run: Run) -> None:
    ask("mv", f"data/{NAME}", "record.toml")
    (team / "data" / NAME).symlink_to(Path("..", "record.toml"))
    commit(team, "Move")
    assert run("check", "--since", "HEAD~1", "-f", f"data/{NAME}").code == 0


def test_a_tracker_above_does_not_stand_in_for_one_that_was_removed(
    team: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    (team / "data" / "deep").mkdir()
    monkeypatch.chdir(team / "data" / "deep")
    assert run("check", "--since", "main").code == 0
    (team / "data" / NAME).unlink()
    words = (
        f"removed since main, and {team / NAME} is another tracker ({team / 'data' / NAME}); bring it back"
    )
    assert run("check", "--since", "main").refused(3).startswith(words)
    assert run("check", "--since", "main", "-f", f"../../{NAME}").code == 0


@pytest.mark.parametrize("suffix", ["", "~0"])
def test_a_tag_cannot_stand_in_for_a_branch(suffix: str, team: Path, run: Run) -> None:
    ask("update-ref", "refs/remotes/origin/main", "HEAD")
    ref = f"origin/main{suffix}"
    assert run("check", "--since", ref, "-f", f"data/{NAME}").code == 0
    ask("tag", "origin/main", "HEAD")
    told = f"git has several commits of that name ({ref}); give refs/tags/{ref} or refs/remotes/{ref}"
    assert run("check", "--since", ref, "-f", f"data/{NAME}").refused(3) == told
    assert run("check", "--since", f"refs/remotes/{ref}", "-f", f"data/{NAME}").code == 0
    assert team.is_dir()


@pytest.mark.parametrize("suffix", ["", "~0"])
def test_a_tag_cannot_stand_in_for_a_hash(suffix: str, team: Path, run: Run) -> None:
    first = ask("rev-parse", "HEAD").strip()
    (team / "more").write_text("x", encoding="utf-8")
    commit(team, "More")
    for short in (first[:7], f"v1-0-g{first[:7]}"):
        since = ["--since", f"{short}{suffix}", "-f", f"data/{NAME}"]
        assert run("check", *since).code == 0
        ask("tag", short, "HEAD~1")
        assert run("check", *since).code == 0  # it means the same
        ask("tag", "-f", short, "HEAD")
        told = f"give refs/tags/{short}{suffix} or {first}{suffix}"
        assert run("check", *since).refused(3).endswith(told)
    ask("tag", first, "HEAD")
    assert run("check", "--since", first, "-f", f"data/{NAME}").code == 0  # git takes a whole hash for one


def test_a_tag_cannot_stand_in_for_a_remote(team: Path, run: Run) -> None:
    ask("update-ref", "refs/remotes/upstream/main", "HEAD")
    ask("symbolic-ref", "refs/remotes/upstream/HEAD", "refs/remotes/upstream/main")
    assert run("check", "--since", "upstream", "-f", f"data/{NAME}").code == 0
    ask("tag", "upstream", "HEAD")
    told = run("check", "--since", "upstream", "-f", f"data/{NAME}").refused(3)
    assert told.endswith("give refs/tags/upstream or refs/remotes/upstream/HEAD")
    assert team.is_dir()
