"""Full-text search in one statement; `graph.search` says what matches and how it is ranked.

Each searchable property has tokens of its own, so the index alone decides: a node matches where one
of them holds every term. Where it matches is found here, on the rows of the page.
"""

from typing import Any

from gongkai.graph import cursors
from gongkai.graph import search as rules
from gongkai.graph.plan import (
    Cursor,
    HitItem,
    HitNode,
    HitObject,
    Hits,
    HitValue,
    Literal,
    Order,
    PageInfo,
    Search,
    SearchPart,
    TotalCount,
)
from gongkai.graph.schema import NODES, Label

from .compiler import Compiler, Made, Read
from .layout import SEARCH_INDEX, search_fields
from .objects import Page, choice, object_of, page_info, values_of
from .paging import Key, behind, order_terms, places
from .scope import Scope

_ORDER = (Order("rank"), Order("year", descending=True))
_MARK = cursors.mark_of("search", _ORDER)
_KEYS = (
    Key("rank", descending=False, nullable=False, numeric=True, plain=True),
    Key("year", descending=True, nullable=True, numeric=True, plain=True),
)
_ROW = "[rank, year, hit.id]"
_NO_TERM = "search_1:none AND search_2:none AND NOT search_1:none"


def search(asked: Search, scope: Scope) -> Made:
    """The expression of the hits of the page and of what is counted."""
    compiler, inner = scope.compiler, Scope(scope.compiler)
    query = compiler.value(lucene_query(asked.query))
    labels = compiler.value([label.value for label in asked.labels])
    hits = (
        f"CALL db.index.fulltext.queryNodes('{SEARCH_INDEX}', {query}) YIELD node AS hit"
        f" WITH hit WHERE any(label IN labels(hit) WHERE label IN {labels})"
    )
    columns, values = [_ROW], list[str]()
    readers = [
        (part.key, _part(part, asked, inner, columns, values, scope, hits)) for part in asked.parts
    ]
    page = asked.page
    conditions = [behind(compiler, _KEYS, "hit.id", place) for place in places(page, _KEYS, _MARK)]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    order = order_terms(_KEYS, "hit.id", reverse=page.backward)
    rows = (
        f"{hits} WITH hit, {_rank(compiler, asked.query)} AS rank, hit.year AS year"
        f" WITH *{where} ORDER BY {order} LIMIT {compiler.value(page.limit + 1)}"
    )
    found = scope.collected("", rows, inner, f"[{', '.join(columns)}]", order)

    def read_search(answer: Any) -> Any:
        rows, *others = answer
        further = len(rows) > page.limit
        rows = rows[: page.limit]
        if page.backward:
            rows = rows[::-1]
        read_page = Page(rows, others, further, alone=False)
        return {key: read if isinstance(read, str) else read(read_page) for key, read in readers}

    return Made(f"[{', '.join([found, *values])}]", read_search)


def lucene_query(query: str) -> str:
    """The query as Lucene takes it: one property that holds every term, each as a phrase."""
    phrases = [
        f"{phrase[0]}*" if len(phrase[0]) == 1 else f'"{" ".join(phrase)}"'
        for phrase in rules.phrases(query)
    ]
    if not phrases:
        return _NO_TERM
    every = " AND ".join(phrases)
    return " OR ".join(f"{name}:({every})" for name in search_fields())


def _rank(compiler: Compiler, query: str) -> str:
    terms = rules.terms(query)
    whole, first = compiler.value(" ".join(terms)), compiler.value("".join(terms[:1]))
    name = "hit.search_name"
    return (
        f"CASE WHEN NOT {name} CONTAINS {first} THEN 4 WHEN {name} = {whole} THEN 1"
        f" WHEN {name} STARTS WITH {whole} THEN 2"
        f" WHEN all(term IN {compiler.value(list(terms))} WHERE {name} CONTAINS term) THEN 3"
        " ELSE 4 END"
    )


def _part(
    part: SearchPart,
    asked: Search,
    inner: Scope,
    columns: list[str],
    values: list[str],
    scope: Scope,
    hits: str,
) -> Read | str:
    match part:
        case Literal():
            return part.value
        case TotalCount():
            total = scope.compiler.variable("t")
            scope.match(f"CALL () {{ {hits} RETURN count(*) AS {total} }}")
            values.append(total)
            place = len(values) - 1
            return lambda page: page.others[place]
        case PageInfo():
            given = asked.page.before if asked.page.backward else asked.page.after
            return page_info(part, asked.page.backward, given is not None, _cursor)
        case Hits():
            made = _object(part.items, asked.query, inner)
            columns.append(made.expression)
            column = len(columns) - 1
            return lambda page: [made.value(value) for value in page.column(column)]


def _cursor(keys: list[Any]) -> str:
    *values, id = keys
    return cursors.encode(_MARK, values, id)


def _object(items: tuple[HitItem | Cursor | HitObject, ...], query: str, scope: Scope) -> Made:
    """An object of a hit. What it says of the match itself is made of one value, its fields."""
    of_match = [
        item.name if isinstance(item, HitValue) and item.name != "rank" else None for item in items
    ]
    others = [
        (item.key, _item(item, query, scope))
        for item, name in zip(items, of_match, strict=True)
        if name is None
    ]
    if len(others) == len(items):
        return object_of(others)
    made = values_of([member for _, member in others])

    def read_object(row: Any) -> Any:
        rest, found = iter(made.value(row[0])), _found(query, row[1])
        return {
            item.key: next(rest) if name is None else getattr(found, name, None)
            for item, name in zip(items, of_match, strict=True)
        }

    return Made(f"[{made.expression}, {_fields()}]", read_object)


def _item(item: HitItem | Cursor | HitObject, query: str, scope: Scope) -> Made | str:
    match item:
        case Literal():
            return item.value
        case Cursor():
            return Made(_ROW, _cursor)
        case HitObject():
            return _object(item.items, query, scope)
        case HitNode():
            nodes = {}
            for shape in item.variants.shapes:
                nodes[shape.label] = node = scope.compiler.variable("n")
                scope.match(f"OPTIONAL MATCH ({node}:{shape.label.value} {{id: hit.id}})")
            return choice(item.variants, nodes, scope, {})
        case HitValue():
            return Made("rank")


def _fields() -> str:
    """What a hit is looked for in: its label, where it stands in its report, its fields."""
    cases = []
    for label in Label:
        if names := NODES[label].names:
            printed = {Label.SECTION: "hit.text", Label.OBSERVATION: "hit.quote"}.get(label, "null")
            start = "null" if printed == "null" else "hit.start"
            listed = ", ".join(
                "substring(hit.text, 0, hit.search_length)"
                if (label, name) == (Label.SECTION, "text")
                else f"hit.{name}"
                for name in names
            )
            cases.append(f" WHEN hit:{label.value} THEN ['{label}', {start}, {printed}, {listed}]")
    return f"CASE{''.join(cases)} END"


def _found(query: str, row: Any) -> rules.Found | None:
    label, start, text, *fields = row
    printed = None if start is None else (start, text)
    names = NODES[Label(label)].names
    return rules.find(query, list(zip(names, fields, strict=True)), printed)
