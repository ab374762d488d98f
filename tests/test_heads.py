"""The names of columns, also by their parts and in several languages."""

import time

from pathtrack.intake import columns, parts
from pathtrack.intake.heads import NAMES, Role
from statements import for_each

HEADERS = {
    "Action #|Action|Who|Status|Last checked|Link": "id title actor status date link",
    "Recommendation #|Recommendation Text|Lead agency/department|Current Implementation Status (Sept 2025)": (
        "id title actor status"
    ),
    "S.No|Key recommendation|Thematic area|Responsible Ministry|Target completion date|Agency comments": (
        "id title area actor due note"
    ),
    "N°|Recommandation|Axe|Entité responsable|État d’avancement|Échéance|Commentaires|Lien": (
        "id title area actor status due note link"
    ),
    "Nr.|Empfehlung|Handlungsfeld|Zuständiges Ressort|Umsetzungsstand|Frist|Bemerkungen|Quelle": (
        "id title area actor status due note link"
    ),
    "Núm.|Recomendación|Ámbito|Entidad responsable|Estado de cumplimiento|Plazo|Observaciones|Enlace": (
        "id title area actor status due note link"
    ),
    "번호|권고사항|분야|소관부처|이행상황|완료예정일|비고|출처|최종확인일": (
        "id title area actor status due note link date"
    ),
    "연번|과제명 (Task)|담당부서|추진상황(2024)|기한": "id title actor status due",
    "ID|Title|Recommendation status|Date of last update|Evidence link": "id title status date link",
    "promise_id|promise_description|due_date|status|category": "id summary due status area",
    "id|actionName|description|lastUpdated|sourceUrl|owner": "id title summary date link actor",
    "num|name_en|category_en|status": "id title area status",
    "공약명|공약내용|공약분야|이행상태|근거링크|확인일": "title summary area status link date",
    "ID|Title|Status as of Dec 2024|Progress made to date": "id title status note",
}


@for_each("header", HEADERS)
def test_columns_are_known_by_their_names_or_parts(header: str) -> None:
    names = header.split("|")
    assert columns.choose(names, {}) == dict(zip(HEADERS[header].split(), names, strict=True))


@for_each(
    "name",
    [
        *("Status %", "Recommendation type", "Priority", "Legal status", "Employment status", "Start Date"),
        *("Date Issued", "Recommendation date", "Completion date", "Report Number", "Report URL", "Budget"),
        *("Department of Commerce", "The ministry has begun", "", "#1", "2024"),
    ],
)
def test_what_means_something_else_is_no_name(name: str) -> None:
    assert not parts.is_usual(name)


def test_a_name_itself_comes_before_one_made_of_parts() -> None:
    assert (
        columns.choose(["Status %", "Title", "Recommendation status", "Status"], {})[Role.STATUS] == "Status"
    )
    assert Role.STATUS not in columns.choose(["Status %", "Title"], {})


@for_each("role", NAMES)
def test_every_usual_name_is_usual(role: Role) -> None:
    assert all(map(parts.is_usual, NAMES[role]))


def test_thousands_of_names_take_no_time() -> None:
    start = time.process_time()
    columns.choose(
        ["Title", *(f"Column {number} of the department's progress" for number in range(5000))], {}
    )
    assert time.process_time() - start < 10
