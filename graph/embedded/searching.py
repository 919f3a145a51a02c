"""Full-text search in one statement; `graph.search` says what matches and how it is ranked."""

from gongkai.graph import cursors, search
from gongkai.graph.plan import (
    Cursor,
    HitItem,
    HitNode,
    HitObject,
    Hits,
    HitValue,
    Literal,
    Order,
    PageField,
    PageInfo,
    Search,
    SearchPart,
    TotalCount,
)
from gongkai.graph.schema import Label

from .compiler import Compiler
from .json_text import JsonText, json_of
from .objects import write_choice, write_page_info, write_rows
from .paging import Key, cursor_sql, order_terms, page_conditions
from .scope import Scope
from .tables import searched, table_of

_ORDER = (Order("rank"), Order("year", descending=True))
_MARK = cursors.mark_of("search", _ORDER)


def write_search(text: JsonText, asked: Search) -> None:
    writer = _Search(text.compiler, asked)
    with text.object():
        for place in text.members(part.key for part in asked.parts):
            writer.write_part(text, asked.parts[place])


def _keys(row: str) -> tuple[Key, ...]:
    prefix = f"{row}." if row else ""
    return (
        Key(f"{prefix}rank", descending=False, nullable=False, numeric=True),
        Key(f"{prefix}year", descending=True, nullable=True, numeric=True),
    )


class _Search:
    """The parts of one search share its hits and its page."""

    def __init__(self, compiler: Compiler, asked: Search) -> None:
        self._compiler, self._asked = compiler, asked
        self._query = compiler.value(asked.query)
        is_one_term = compiler.value(len(search.terms(asked.query)) == 1)
        self._matches = f"({is_one_term} OR {self._found('h')} IS NOT NULL)"
        self._hits = compiler.table("hits", self._indexed())
        self._page = compiler.table("page", self._on_page())

    def _indexed(self) -> str:
        """Every node that the index finds, with its rank. Of several terms not all may match."""
        terms = search.terms(self._asked.query)
        expression = self._compiler.value(search.match_expression(self._asked.query) or '""')
        labels = self._compiler.values(self._asked.labels)
        return (
            f"SELECT s.id AS id, s.label AS label, s.year AS year, {self._rank(terms)} AS rank"
            " FROM search_index CROSS JOIN search AS s ON s.key = search_index.rowid"
            f" WHERE search_index MATCH {expression}"
            f" AND s.label IN (SELECT value FROM {labels})"
        )

    def _rank(self, terms: tuple[str, ...]) -> str:
        whole, first = (
            self._compiler.value(" ".join(terms)),
            self._compiler.value("".join(terms[:1])),
        )
        every = self._compiler.values(terms)
        return (
            f"CASE WHEN instr(s.name, {first}) = 0 THEN 4 WHEN s.name = {whole} THEN 1"
            f" WHEN substr(s.name, 1, length({whole})) = {whole} THEN 2"
            f" WHEN NOT EXISTS (SELECT 1 FROM {every} WHERE instr(s.name, value) = 0) THEN 3"
            " ELSE 4 END"
        )

    def _found(self, row: str) -> str:
        """Where the node of a hit matches, as JSON."""
        cases = []
        for label in self._asked.labels:
            fields = ", ".join(f"'{name}', {text}" for name, text in searched(label, "t"))
            printed = {
                Label.SECTION: "t.start, t.text",
                Label.OBSERVATION: "t.start, t.quote",
            }.get(label, "NULL, NULL")
            cases.append(
                f" WHEN '{label}' THEN (SELECT search_found({self._query}, {printed}, {fields})"
                f" FROM {table_of(label)} AS t WHERE t.id = {row}.id)"
            )
        return f"CASE {row}.label{''.join(cases)} END" if cases else "NULL"

    def _on_page(self) -> str:
        """The hits of the page and one more, from where the page begins."""
        page = self._asked.page
        (filters,) = page_conditions(self._compiler, page, _keys(""), "id", _MARK)
        where = f" WHERE {' AND '.join(filters)}" if filters else ""
        order = order_terms(_keys(""), "id", reverse=page.backward)
        limit = self._compiler.value(page.limit + 1)
        found = f", {self._found('h')} AS found" if self._shows_where() else ""
        # Rows are put in order before they are looked at, so that only a page is looked at.
        ordered = f"SELECT * FROM {self._hits}{where} ORDER BY {order} LIMIT -1"
        matching = f"SELECT * FROM ({ordered}) AS h WHERE {self._matches} LIMIT {limit}"
        return f"SELECT h.*, row_number() OVER () - 1 AS n{found} FROM ({matching}) AS h"

    def _shows_where(self) -> bool:
        """Whether anything that is asked needs the match itself."""
        listed = [
            item for part in self._asked.parts if isinstance(part, Hits) for item in part.items
        ]
        listed += [part for item in listed if isinstance(item, HitObject) for part in item.items]
        return any(isinstance(item, HitValue) and item.name != "rank" for item in listed)

    def write_part(self, text: JsonText, part: SearchPart) -> None:
        match part:
            case Literal():
                text.say(json_of(part.value))
            case TotalCount():
                text.put(f"(SELECT count(*) FROM {self._hits} AS h WHERE {self._matches})")
            case PageInfo():
                write_page_info(text, part, self._page_field)
            case Hits():
                self._write_hits(text, part)

    def _write_hits(self, text: JsonText, part: Hits) -> None:
        backward = self._asked.page.backward
        limit = self._compiler.value(self._asked.page.limit)
        rows = (
            f"(SELECT * FROM {self._page} WHERE n < {limit}"
            f" ORDER BY n{' DESC' if backward else ''} LIMIT -1) AS h"
        )
        made, scope = JsonText(self._compiler), Scope(self._compiler, f"{self._page} AS h")
        self._write_items(made, part.items, scope)
        write_rows(text, made, f"{rows}{scope.joins}")

    def _write_items(
        self, text: JsonText, items: tuple[HitItem | Cursor | HitObject, ...], scope: Scope
    ) -> None:
        with text.object():
            for place in text.members(item.key for item in items):
                self._write_item(text, items[place], scope)

    def _write_item(self, text: JsonText, item: HitItem | Cursor | HitObject, scope: Scope) -> None:
        match item:
            case Literal():
                text.say(json_of(item.value))
            case Cursor():
                text.put(f"""'"' || {self._cursor()} || '"'""")
            case HitObject():
                self._write_items(text, item.items, scope)
            case HitNode():
                ids = {
                    shape.label: f"CASE h.label WHEN '{shape.label}' THEN h.id END"
                    for shape in item.variants.shapes
                }
                write_choice(text, item.variants, ids, scope, "{}")
            case HitValue():
                name = item.name
                value = "h.rank" if name == "rank" else f"json_extract(h.found, '$.{name}')"
                text.put(f"json_quote({value})")

    def _cursor(self) -> str:
        return cursor_sql(self._compiler, _keys("h"), "h.id", _MARK)

    def _page_field(self, wanted: PageField) -> str:
        page = self._asked.page
        limit = self._compiler.value(page.limit)
        if wanted in (PageField.START, PageField.END):
            direction = " DESC" if (wanted is PageField.END) is not page.backward else ""
            row = f"SELECT * FROM {self._page} WHERE n < {limit} ORDER BY n{direction} LIMIT 1"
            return f"""ifnull((SELECT '"' || {self._cursor()} || '"' FROM ({row}) AS h), 'null')"""
        if (wanted is PageField.HAS_PREVIOUS) is page.backward:
            asked = f"EXISTS (SELECT 1 FROM {self._page} WHERE n >= {limit})"
        else:
            given = page.before if page.backward else page.after
            asked = str(int(given is not None))
        return f"CASE WHEN {asked} THEN 'true' ELSE 'false' END"
