"""Full-text search in one statement; what matches and how it is ranked is said in `graph.search`."""

from gongkai.graph import search
from gongkai.graph.plan import (
    Cursor,
    HitItem,
    HitNode,
    HitObject,
    Hits,
    HitValue,
    Literal,
    Order,
    Page,
    PageField,
    PageInfo,
    Search,
    SearchPart,
    TotalCount,
)
from gongkai.graph.schema import NODES, Label

from .compiler import Compiler
from .objects import node_choice
from .paging import Key, cursor_expression, order_terms, page_conditions
from .tables import quoted, table_of

_ORDER = (Order("rank"), Order("year", descending=True))
_KEYS = (Key("rank", descending=False, nullable=False), Key("year", descending=True, nullable=True))


def search_of(compiler: Compiler, asked: Search) -> str:
    return _SearchSql(compiler, asked).text()


class _SearchSql:
    def __init__(self, compiler: Compiler, asked: Search) -> None:
        self.compiler, self.asked = compiler, asked

    def text(self) -> str:
        hits, page = self._hits(), self._page()
        made = self.compiler.object((part.key, self._part(part)) for part in self.asked.parts)
        return f"(WITH hits AS MATERIALIZED ({hits}), page AS MATERIALIZED ({page}) SELECT {made})"

    def _hits(self) -> str:
        """Every node that matches, once, with the first of its properties that does."""
        query = self.compiler.value(self.asked.query)
        folded = self.compiler.value(" ".join(search.terms(self.asked.query)))
        expression = self.compiler.value(search.match_expression(self.asked.query) or '""')
        rows = " UNION ALL ".join(
            self._of_property(label, place, name, query, expression)
            for label in self.asked.labels
            for place, name in enumerate(NODES[label].names)
        )
        # With bare columns, SQLite takes them from the row that has the minimum.
        return (
            "SELECT id, label, year, field, body, origin, first, min(place) AS place,"
            f" match_end({query}, body) AS last,"
            f" CASE WHEN name = {folded} THEN 1"
            f" WHEN substr(name, 1, length({folded})) = {folded} THEN 2"
            f" WHEN instr(name, {folded}) > 0 THEN 3 ELSE 4 END AS rank"
            f" FROM ({rows}) WHERE first IS NOT NULL GROUP BY id"
        )

    def _of_property(self, label: Label, place: int, name: str, query: str, expression: str) -> str:
        # The text of a section and the quote of a figure stand in the report's text.
        in_report = (label, name) in {(Label.SECTION, "text"), (Label.OBSERVATION, "quote")}
        origin = 't."start"' if in_report else "0"
        return (
            f"SELECT s.id, s.label, s.year, s.name, '{name}' AS field, t.{quoted(name)} AS body,"
            f" {origin} AS origin, match_start({query}, t.{quoted(name)}) AS first, {place} AS place"
            f" FROM search_index AS i JOIN search AS s ON s.key = i.rowid"
            f" JOIN {table_of(label)} AS t ON t.id = s.id"
            f" WHERE search_index MATCH {expression} AND s.label = '{label}'"
        )

    def _page(self) -> str:
        page: Page = self.asked.page
        filters = page_conditions(self.compiler, page, _ORDER, _KEYS, "id", "search")
        where = f" WHERE {' AND '.join(filters)}" if filters else ""
        order = order_terms(_KEYS, "id", reverse=page.backward)
        limit = self.compiler.value(page.limit + 1)
        return f"SELECT * FROM hits{where} ORDER BY {order} LIMIT {limit}"

    def _part(self, part: SearchPart) -> str:
        match part:
            case Literal():
                return self.compiler.value(part.value)
            case TotalCount():
                return "(SELECT count(*) FROM hits)"
            case PageInfo():
                return self.compiler.object(
                    (item.key, self.compiler.value(item.value))
                    if isinstance(item, Literal)
                    else (item[0], self._page_field(item[1]))
                    for item in part.items
                )
            case Hits():
                made = self.compiler.object((item.key, self._item(item)) for item in part.items)
                return f"(SELECT json_group_array({made}) FROM ({self._shown()}) AS h)"

    def _shown(self) -> str:
        rows = f"SELECT * FROM page LIMIT {self.compiler.value(self.asked.page.limit)}"
        return f"SELECT * FROM ({rows}) ORDER BY {order_terms(_KEYS, 'id', reverse=False)}"

    def _item(self, item: HitItem | Cursor | HitObject) -> str:
        match item:
            case Literal():
                return self.compiler.value(item.value)
            case Cursor():
                return self._cursor()
            case HitObject():
                return self.compiler.object((part.key, self._item(part)) for part in item.items)
            case HitNode():
                return node_choice(self.compiler, "h.id", item.variants)
            case HitValue():
                return _VALUES[item.name]

    def _cursor(self) -> str:
        return cursor_expression(self.compiler, "search", _ORDER, ["h.rank", "h.year", "h.id"])

    def _page_field(self, wanted: PageField) -> str:
        page = self.asked.page
        if wanted in (PageField.START, PageField.END):
            order = order_terms(_KEYS, "id", reverse=wanted is PageField.END)
            return f"(SELECT {self._cursor()} FROM ({self._shown()}) AS h ORDER BY {order} LIMIT 1)"
        if (wanted is PageField.HAS_PREVIOUS) is page.backward:
            asked = f"(SELECT count(*) FROM page) > {self.compiler.value(page.limit)}"
        else:
            given = page.before if page.backward else page.after
            asked = self.compiler.value(given is not None)
        return f"json(iif({asked}, 'true', 'false'))"


_VALUES = {
    "field": "h.field",
    "snippet": "snippet_of(h.body, h.first, h.last)",
    "start": "h.origin + h.first",
    "end": "h.origin + h.last",
    "rank": "h.rank",
}
