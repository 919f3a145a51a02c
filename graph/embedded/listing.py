"""The rows of one connection: which nodes it lists, in what order, which of them are on the page.

A page first finds its rows alone (filter, order and limit on indexes); objects are made of them
afterwards. There are two ways to hold a page:

- inline, as a sub-select beside its parent: for a list read forward, with no other list in it;
- stored, as a table with the pages of all parents at once, which the lists below start from, and
  from which `pageInfo` is read. So a statement stays flat however deep its lists go.
"""

from gongkai.graph import cursors
from gongkai.graph.plan import Connection, Order, PageField
from gongkai.graph.schema import NODES, Relationship, Stored

from .compiler import Compiler
from .paging import Key, cursor_sql, key_of, order_terms, page_conditions
from .tables import edge_table, quoted, table_of
from .where import condition, ends, has_year


class Listing:
    """`here`: the expression for the parent's id, None where all nodes of the label are listed."""

    def __init__(
        self, compiler: Compiler, asked: Connection, here: str | None, *, looks_further: bool
    ) -> None:
        self._compiler, self._asked, self._here = compiler, asked, here
        self._looks_further = looks_further
        self._label, self._hop = asked.label, asked.hop
        self._across = self._hop is not None and self._hop.relationship.stored is Stored.EDGE
        self._order = asked.order or tuple(Order(name) for name in NODES[self._label].order)
        self._mark = cursors.mark_of(cursors.place_of(self._label, self._hop), self._order)
        self._stored: str | None = None
        # Rows are found under one pair of aliases and shown under another.
        self._found, self._found_edge = compiler.alias("x"), compiler.alias("e")
        self.node, self.edge = compiler.alias("n"), compiler.alias("e")
        self._row = compiler.alias("p")
        self._filters = self._which()

    @property
    def relationship(self) -> Relationship:
        assert self._hop is not None
        return self._hop.relationship

    # --- which rows ---------------------------------------------------------------------------

    def _which(self) -> list[str]:
        asked, made = self._asked, []
        if self._here is not None:
            made.append(self._tie(self._here))
        if asked.year is not None and self._hop is not None:
            made.append(has_year(self._compiler, self._hop, self._found_edge, asked.year))
        if asked.where is not None:
            made.append(condition(self._compiler, asked.where, self._label, self._found))
        return made

    def _tie(self, here: str) -> str:
        hop = self._hop
        assert hop is not None
        if self._across:
            return f"{self._found_edge}.{ends(hop)[0]} = {here}"
        column = hop.relationship.reference
        if hop.single:
            source = table_of(hop.source)
            return f"{self._found}.id = (SELECT {column} FROM {source} WHERE id = {here})"
        return f"{self._found}.{column} = {here}"

    def _source(self, *, with_node: bool) -> str:
        table = f"{table_of(self._label)} AS {self._found}"
        if not self._across or self._hop is None:
            return table
        edge, there = self._found_edge, ends(self._hop)[1]
        edges = f"{edge_table(self._hop.relationship)} AS {edge}"
        return f"{edges} JOIN {table} ON {self._found}.id = {edge}.{there}" if with_node else edges

    def _where(self, more: list[str]) -> str:
        filters = [*self._filters, *more]
        return f" WHERE {' AND '.join(filters)}" if filters else ""

    def count(self) -> str:
        """The number of rows that match, whatever the page."""
        source = self._source(with_node=self._asked.where is not None)
        return f"(SELECT count(*) FROM {source}{self._where([])})"

    # --- in which order -----------------------------------------------------------------------

    @property
    def _order_on_edge(self) -> bool:
        """Edge tables repeat the default order of both ends, so a page comes from their index."""
        own = {*NODES[self._label].order, "id"}
        return self._across and all(key.property in own for key in self._order)

    def _keys(self, node: str, edge: str) -> tuple[tuple[Key, ...], str]:
        """The sort keys and the id of a row, on the aliases it has there."""
        if self._order_on_edge and self._hop is not None:
            there = ends(self._hop)[1]
            end = there.removesuffix("_id")
            columns = [f"{edge}.{quoted(f'{end}_{order.property}')}" for order in self._order]
            id_column = f"{edge}.{there}"
        else:
            columns = [f"{node}.{quoted(order.property)}" for order in self._order]
            id_column = f"{node}.id"
        keys = zip(self._order, columns, strict=True)
        return tuple(key_of(self._label, order, column) for order, column in keys), id_column

    # --- which page ---------------------------------------------------------------------------

    def _page(self) -> str:
        """The rows of the page as `r`, first the one that is nearest to where it begins."""
        page = self._asked.page
        keys, id_column = self._keys(self._found, self._found_edge)
        parts = page_conditions(self._compiler, page, keys, id_column, self._mark)
        row = self._found_edge if self._across else self._found
        source = self._source(with_node=self._asked.where is not None or not self._order_on_edge)
        order = order_terms(keys, id_column, reverse=page.backward)
        limit = self._compiler.value(page.limit + 1 if self._looks_further else page.limit)
        selects = [
            f"SELECT {row}.rowid AS r FROM {source}{self._where(part)}"
            f" ORDER BY {order} LIMIT {limit}"
            for part in parts
        ]
        if len(selects) == 1:
            return selects[0]
        both = " UNION ALL ".join(f"SELECT r FROM ({select})" for select in selects)
        return f"{both} LIMIT {limit}"

    def store(self, parents: tuple[str, str] | None) -> None:
        """Makes a table of the pages of all parents: (`parent`, row `r`, its place `n` from 0).

        `parents`: the table of their ids and its alias, which `here` refers to.
        """
        if parents is None:
            made = f"SELECT r, row_number() OVER () - 1 AS n FROM ({self._page()})"
        else:
            table, alias = parents
            made = (
                f"SELECT {alias}.id AS parent, j.value AS r, j.key AS n FROM {table} AS {alias}"
                f" CROSS JOIN json_each((SELECT json_group_array(r) FROM ({self._page()}))) AS j"
            )
        self._stored = self._compiler.table("p", made)

    def _stored_rows(self, *filters: str) -> str:
        mine = [f"{self._row}.parent = {self._here}"] if self._here is not None else []
        found = [*mine, *filters]
        where = f" WHERE {' AND '.join(found)}" if found else ""
        return f"{self._stored} AS {self._row}{where}"

    def _on_page(self) -> list[str]:
        if not self._looks_further:
            return []
        return [f"{self._row}.n < {self._compiler.value(self._asked.page.limit)}"]

    def shown(self) -> str:
        """The rows of the page in the forward order, as tables: `node`, and `edge` across edges."""
        if self._stored is None:
            rows = self._page()
        else:
            direction = " DESC" if self._asked.page.backward else ""
            found = self._stored_rows(*self._on_page())
            rows = f"SELECT r FROM {found} ORDER BY n{direction} LIMIT -1"
        return self._unpacked(f"({rows}) AS {self._row}")

    def population(self) -> str:
        """The rows of all pages of this list, as tables."""
        return "" if self._stored is None else self._unpacked(f"{self._stored} AS {self._row}")

    def _unpacked(self, rows: str) -> str:
        node, row = f"{table_of(self._label)} AS {self.node}", f"{self._row}.r"
        if not self._across or self._hop is None:
            return f"{rows} CROSS JOIN {node} ON {self.node}.rowid = {row}"
        edges, there = edge_table(self._hop.relationship), ends(self._hop)[1]
        return (
            f"{rows} CROSS JOIN {edges} AS {self.edge} ON {self.edge}.rowid = {row}"
            f" CROSS JOIN {node} ON {self.node}.id = {self.edge}.{there}"
        )

    # --- what is said of it -------------------------------------------------------------------

    def cursor(self) -> str:
        """The cursor of a row that is shown."""
        keys, id_column = self._keys(self.node, self.edge)
        return cursor_sql(self._compiler, keys, id_column, self._mark)

    def page_field(self, wanted: PageField) -> str:
        """JSON text. See `plan.PageInfo` for what is looked up and what is taken from the page."""
        page = self._asked.page
        if wanted in (PageField.START, PageField.END):
            direction = " DESC" if (wanted is PageField.END) is not page.backward else ""
            rows = f"{self._stored_rows(*self._on_page())} ORDER BY n{direction} LIMIT 1"
            found = self._unpacked(f"(SELECT r FROM {rows}) AS {self._row}")
            return f"""ifnull((SELECT '"' || {self.cursor()} || '"' FROM {found}), 'null')"""
        if (wanted is PageField.HAS_PREVIOUS) is page.backward:
            further = f"{self._row}.n >= {self._compiler.value(page.limit)}"
            asked = f"EXISTS (SELECT 1 FROM {self._stored_rows(further)})"
        else:
            given = page.before if page.backward else page.after
            asked = str(int(given is not None))
        return f"CASE WHEN {asked} THEN 'true' ELSE 'false' END"
