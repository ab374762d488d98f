"""Lists of records in JSON as sheets of cells."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pathtrack.errors import FileError
from pathtrack.intake.reader.grid import MOST_COLUMNS, Row, Sheet
from pathtrack.intake.reader.text import LONGEST_CELL
from pathtrack.text import quoted

_OPENED = re.compile(r"[\ufeff \t\n]*+[\[{]")
_BEGUN = re.compile(r'\s*+(?:\[\s*+)?\{\s*+"')
"""How a list of records or an object in JSON begins, and no table does."""
_ADDRESSES, _TITLES = ("url", "link", "href"), ("title", "name", "label", "text")
_MOST_LISTS, _MOST_VALUES = 500_000, 4_000_000
"""How many records or lists, and how many values, a text may have."""
_SPLIT = "split the list in two"
_LISTED = 'give a list such as [{"title": "…", "status": "…"}]'


class _TwiceError(ValueError):
    """An object has two values for one key."""


def sheets(text: str, *, name: str) -> tuple[Sheet, ...]:
    """Return the lists of records in a JSON text, each a sheet; none if it is no JSON.

    What an object within a record says has columns of its own: details.due.
    """
    if not _OPENED.match(text):
        return ()
    if text.count("{") + text.count("[") > _MOST_LISTS or text.count(",") > _MOST_VALUES:
        what = f"JSON of more than {_MOST_LISTS:,} records or {_MOST_VALUES:,} values"
        raise FileError(what, where=name, todo=_SPLIT)
    try:
        found: object = json.loads(text, object_pairs_hook=_object)
    except _TwiceError as error:
        what = f"a record has {quoted(str(error))} twice"
        raise FileError(what, where=name, todo="leave one of them out") from error
    except (ValueError, RecursionError) as error:
        if _BEGUN.match(text):
            line = getattr(error, "lineno", 1)
            todo = "it may be cut short, or have a comma too many; correct it there"
            raise FileError("not valid JSON", where=f"{name}:{line}", todo=todo) from error
        return ()
    named = found if isinstance(found, dict) else {"": found}
    if str(named.get("schema", "")).startswith("pathtrack."):
        raise FileError("an export of pathtrack", where=name, todo="import its CSV or its workbook")
    lists = {str(title): records for title, each in named.items() if (records := _records(each))}
    if not lists:
        raise FileError("JSON, but not a list of records", where=name, todo=_LISTED)
    return tuple(Sheet(title, _rows(records, name=name)) for title, records in lists.items())


def _object(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _TwiceError(next(key for key in keys if keys.count(key) > 1))
    return found


def _records(given: object) -> list[dict[str, object]]:
    """Return the records of a list that has nothing else."""
    listed = given if isinstance(given, list) else []
    found = [dict(_flat(each)) for each in listed if isinstance(each, dict)]
    return found if len(found) == len(listed) else []


def _flat(record: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for key, value in record.items():
        if isinstance(value, dict) and not _address(value):
            yield from ((f"{key}.{within}", each) for within, each in value.items())
        else:
            yield key, value


def _rows(records: Sequence[Mapping[str, object]], *, name: str) -> tuple[Row, ...]:
    columns = [*dict.fromkeys(key for record in records for key in record)]
    if len(columns) > MOST_COLUMNS or len(columns) * len(records) > _MOST_VALUES:
        what = f"{len(records):,} records with {len(columns):,} different keys"
        raise FileError(what, where=name, todo=_SPLIT)
    rows = ([_shown(record.get(key)) for key in columns] for record in records)
    return (Row(0, tuple(columns), len(columns)), *_placed(rows, columns, name=name))


def _placed(rows: Iterable[list[str]], columns: Sequence[str], *, name: str) -> Iterator[Row]:
    for number, cells in enumerate(rows, start=1):
        if max(map(len, cells), default=0) > LONGEST_CELL:
            key = columns[max(range(len(cells)), key=lambda place: len(cells[place]))]
            what = f"{quoted(key)} of record {number} has more than {LONGEST_CELL:,} characters"
            raise FileError(what, where=name, todo="shorten it")
        while cells and not cells[-1].strip():
            cells.pop()
        yield Row(number, tuple(cells), len(cells))


def _shown(value: object) -> str:
    """Return a value as a cell; lists of texts as they are in our tables, links as in Markdown."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and (address := _address(value)):
        title = next(filter(None, (_shown(value.get(key)) for key in _TITLES)), "")
        return f"[{title.replace('[', '(').replace(']', ')')}]({address})" if title else address
    if isinstance(value, list) and all(isinstance(each, str) or _address(each) for each in value):
        return ("; " if all(isinstance(each, str) for each in value) else "\n").join(map(_shown, value))
    return json.dumps(value, ensure_ascii=False)


def _address(value: object) -> str:
    """Return the address of a link that is written as an object."""
    if not isinstance(value, dict):
        return ""
    texts = (text for key in _ADDRESSES if isinstance(text := value.get(key), str))
    return " ".join(next(texts, "").split())
