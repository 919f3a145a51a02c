"""The rows of one connection: which nodes it lists, in what order, which of them are on the page."""

from typing import Any

from gongkai.graph import cursors
from gongkai.graph.plan import Connection, Order, Page
from gongkai.graph.schema import HOPS, NODES, Hop, Relationship

from .compiler import Compiler
from .layout import pattern
from .matching import begun, condition, parted
from .paging import Key, Place, behind, key_of, order_terms, places, within_index


class Listing:
    """`here`: the variable of the parent, None where all nodes of the label are listed."""

    def __init__(
        self, compiler: Compiler, asked: Connection, here: str | None, *, looks_further: bool
    ) -> None:
        self._compiler, self._asked, self._here = compiler, asked, here
        self._looks_further = looks_further
        self._label, self._hop = asked.label, asked.hop
        order = asked.order or tuple(Order(name) for name in NODES[self._label].order)
        self._mark = cursors.mark_of(cursors.place_of(self._label, self._hop), order)
        self.node, self.edge = compiler.variable("x"), compiler.variable("e")
        self._keys = tuple(key_of(self._label, item, self.node) for item in order)
        self.id = f"{self.node}.id"
        self._along_keys = self._hop is not None and _stands_within(self._hop, order[0])

    @property
    def relationship(self) -> Relationship:
        assert self._hop is not None
        return self._hop.relationship

    @property
    def keys(self) -> str:
        """The list of what the row's cursor is made of."""
        return f"[{', '.join([*(key.column for key in self._keys), self.id])}]"

    def cursor(self, keys: list[Any]) -> str:
        *values, id = keys
        return cursors.encode(self._mark, values, id)

    @property
    def order(self) -> str:
        """The terms that put the rows of the page in the order they are read."""
        return order_terms(self._keys, self.id, reverse=self._asked.page.backward)

    def count(self) -> str:
        """The number of rows that match, whatever the page."""
        return f"COUNT {{ {self._matched([])} }}"

    def rows(self) -> str:
        """Clauses whose rows are the page, first the one that is nearest to where it begins."""
        page = self._asked.page
        found = places(page, self._keys, self._mark)
        if (self._here is not None and not self._along_keys) or not self._keys:
            return f"{self._matched(self._behind(found))} {self._turned()}"
        first = self._keys[0]
        if not first.nullable:
            conditions = self._indexed(found, self._keys)
            if self._along_keys:
                conditions.insert(0, f"{first.column} STARTS WITH ({self._here}.id + ':')")
            return f"{self._matched(conditions, along_keys=self._along_keys)} {self._turned()}"
        # Rows with a value come from an index; those without are looked for when it is at its end.
        valued = Key(first.column, first.descending, False, first.numeric, first.plain)
        parts = [
            self._matched([*self._indexed([], (valued, *self._keys[1:])), *self._behind(found)]),
            self._matched([f"{first.column} IS NULL", *self._behind(found)]),
        ]
        orders = [(valued, *self._keys[1:]), self._keys[1:]]
        if page.backward:
            parts, orders = parts[::-1], orders[::-1]
        both = " UNION ALL ".join(
            f"{part} {self._turned(keys)}" for part, keys in zip(parts, orders, strict=True)
        )
        # A limit before the order: the second part is not even begun where the first is enough.
        page_of_both = f"CALL () {{ {both} }} WITH {self.node} LIMIT {self._limit()}"
        return f"{page_of_both} WITH {self.node} ORDER BY {self.order}"

    def _turned(self, keys: tuple[Key, ...] | None = None) -> str:
        """In order, up to the limit."""
        backward = self._asked.page.backward
        terms = order_terms(self._keys if keys is None else keys, self.id, reverse=backward)
        word = "RETURN" if keys is not None else "WITH"
        shown = self.node
        if self._hop is not None and not self._along_keys:
            shown += f", {self.edge}"
        return f"{word} {shown} ORDER BY {terms}{self._limited()}"

    def _limited(self) -> str:
        return "" if self._asked.page.limit < 0 else f" LIMIT {self._limit()}"

    def _limit(self) -> str:
        return self._compiler.value(self._asked.page.limit + self._looks_further)

    def _behind(self, found: list[Place]) -> list[str]:
        return [behind(self._compiler, self._keys, self.id, place) for place in found]

    def _indexed(self, found: list[Place], keys: tuple[Key, ...]) -> list[str]:
        """Conditions that make every key's index one that can give the order."""
        stated = [f"{key.column} IS NOT NULL" for key in keys if not key.nullable]
        return [
            *stated,
            f"{self.id} IS NOT NULL",
            *(within_index(self._compiler, keys, self.id, place) for place in found),
        ]

    def _matched(self, more: list[str], *, along_keys: bool = False) -> str:
        """A `MATCH` of every row that meets the filter, and `more`.

        `along_keys`: these say whose the row is, so its relationship need not be followed.
        """
        compiler, asked = self._compiler, self._asked
        telling, rest = parted(asked.where) if self._here is None else ([], [])
        if self._here is not None and asked.where is not None:
            rest = [asked.where]
        filters = [*more, *(condition(compiler, part, self._label, self.node) for part in rest)]
        begins = " ".join(begun(compiler, part, self.node) for part in telling)
        if along_keys or self._here is None or self._hop is None:
            drawn = f"({self.node}:{self._label.value})"
        else:
            drawn = pattern(self._here, self._hop, self.node, self.edge)
            if asked.year is not None:
                filters.append(f"{compiler.value(asked.year)} IN {self.edge}.years")
        where = f" WHERE {' AND '.join(filters)}" if filters else ""
        return f"MATCH {drawn}{where}{' ' if begins else ''}{begins}"


def _stands_within(hop: Hop, first: Order) -> bool:
    """True where an index by the key has the neighbours side by side, in their order."""
    within = NODES[hop.target].within
    return (
        first.property == "sort_key"
        and within is not None
        and HOPS[hop.target, within].relationship is hop.relationship
    )


ALL = Page(limit=-1)
