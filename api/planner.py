"""A GraphQL operation as plans: one for each root field, made before anything is asked."""

import re
from collections.abc import Iterable
from typing import Any, TypeAlias

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLSchema,
    get_argument_values,
    get_named_type,
)
from graphql.execution.values import VariableValues

from gongkai.graph import plan
from gongkai.graph.plan import Literal, PageField, Shape, Value, Variants
from gongkai.graph.schema import HOPS, NODES, Hop, Label

from .checks import checks_where
from .comparison_planner import Compared, ComparisonPlanner, YearsCompared
from .conditions import Conditions, order_of
from .errors import over_limit, refusal
from .names import GROUPED, LABELS_BY_FIELD, LISTS, camel, graph_name
from .network_planner import NetworkPlanner, Similar, Walked
from .selections import Selections
from .settings import Settings

Fields: TypeAlias = dict[str, list[FieldNode]]

_SURROGATE = re.compile("[\ud800-\udfff]")
_PAGE_FIELDS = {field.value: field for field in PageField}


Planned: TypeAlias = plan.Root | Walked | Similar | Compared | YearsCompared


class Planner:
    """Plans the fields of one operation."""

    def __init__(
        self,
        schema: GraphQLSchema,
        selections: Selections,
        variables: VariableValues,
        settings: Settings,
    ) -> None:
        self._types: dict[str, Any] = schema.type_map
        self._selections = selections
        self._variables = variables
        self._settings = settings
        self._conditions = Conditions(settings)
        self._comparisons = ComparisonPlanner(
            self._types, selections, self._conditions, settings, self._shape, self._evidence
        )
        self._networks = NetworkPlanner(
            self._types, selections, self._shape, self._arguments, self._page
        )

    def root(self, key: str, fields: list[FieldNode]) -> Planned:
        """The plan of one field of the query type. Raises `GraphQLError`."""
        field = fields[0]
        name = field.name.value
        definition = self._types["Query"].fields[name]
        arguments = self._arguments(definition, field)
        match name:
            case "node":
                return plan.ById(arguments["id"], self._variants(fields))
            case "nodes":
                self._conditions.count_ids(len(arguments["ids"]), field)
                return plan.ByIds(tuple(arguments["ids"]), self._variants(fields))
            case "search":
                return self._search(key, arguments, fields)
            case "stats":
                return plan.Stats(
                    tuple(
                        item if isinstance(item, Literal) else (item[0], LABELS_BY_FIELD[item[1]])
                        for item in self._named(fields, "Stats")
                    )
                )
            case "paths" | "neighbourhood":
                return self._networks.walk(name, arguments, fields)
            case "similarAgencies":
                return self._networks.similar(arguments, field, fields)
            case "series" | "rank" | "aggregate":
                return self._comparisons.plan(arguments, fields)
            case "compareYears":
                return self._comparisons.plan_years(arguments, fields)
        label = LABELS_BY_FIELD[name]
        if name == label.lower():
            return self._single(label, arguments, fields)
        return self._connection(key, label, definition, arguments, fields)

    # --- objects ------------------------------------------------------------------------------

    def _shape(self, label: Label, fields: Iterable[FieldNode]) -> Shape:
        selected = self._selections.below(fields, label)
        return Shape(label, tuple(self._item(label, key, same) for key, same in selected.items()))

    def _variants(self, fields: list[FieldNode]) -> Variants:
        return Variants(tuple(self._shape(label, fields) for label in Label))

    def _item(self, label: Label, key: str, fields: list[FieldNode]) -> plan.Item:
        name = fields[0].name.value
        if name == "__typename":
            return Literal(key, label)
        if (label, name) in GROUPED:
            return self._grouped(label, key, name, fields)
        if name == "dimensions":
            items = self._named(fields, "Dimension")
            shown = tuple(i if isinstance(i, Literal) else Value(*i) for i in items)
            return plan.Entries(key, name, shown)
        stored = graph_name(label, name)
        hop = HOPS.get((label, stored))
        if hop is None:
            return Value(key, stored)
        if hop.single:
            return plan.One(key, hop, self._shape(hop.target, fields))
        if (label, stored) in LISTS:
            return plan.Several(key, hop, self._shape(hop.target, fields))
        definition = self._types[label].fields[name]
        arguments = self._arguments(definition, fields[0])
        return self._connection(key, hop.target, definition, arguments, fields, hop)

    def _grouped(self, label: Label, key: str, name: str, fields: list[FieldNode]) -> plan.Grouped:
        """`cell { rowPath }` is the property `row_path`, `source { name }` is `source_name`."""
        properties = GROUPED[label, name]
        by_field = {camel(item.removeprefix(f"{name}_")): item for item in properties}
        items = self._named(fields, name.capitalize())
        return plan.Grouped(
            key,
            tuple(i if isinstance(i, Literal) else Value(i[0], by_field[i[1]]) for i in items),
            present=properties[0],
        )

    def _named(
        self, fields: Iterable[FieldNode], type_name: str
    ) -> list[Literal | tuple[str, str]]:
        """The leaves selected of a plain object: response key and field."""
        return [
            Literal(key, type_name) if (name := same[0].name.value) == "__typename" else (key, name)
            for key, same in self._selections.below(fields).items()
        ]

    def _single(
        self, label: Label, arguments: dict[str, Any], fields: list[FieldNode]
    ) -> plan.Root:
        given = {name: value for name, value in arguments.items() if value is not None}
        if len(given) != 1:
            known = " or ".join(
                f"`{name}:`" for name in self._types["Query"].fields[label.lower()].args
            )
            raise refusal(
                "BAD_USER_INPUT", f"`{label.lower()}` takes {known}, exactly one.", fields[0]
            )
        shape = self._shape(label, fields)
        [(name, value)] = given.items()
        if name == "id":
            return plan.ById(value, Variants((shape,)))
        return plan.ByKey(name, value, shape)

    # --- connections --------------------------------------------------------------------------

    def _connection(
        self,
        key: str,
        label: Label,
        definition: GraphQLField,
        arguments: dict[str, Any],
        fields: list[FieldNode],
        hop: Hop | None = None,
    ) -> plan.Connection:
        type_ = get_named_type(definition.type)
        where = self._conditions.where(label, arguments.get("where"), fields[0])
        if label is Label.CHECK:
            where = checks_where(arguments, where)
        return plan.Connection(
            key=key,
            label=label,
            parts=tuple(
                self._part(label, type_, part, same)
                for part, same in self._selections.below(fields).items()
            ),
            page=self._page(arguments, fields[0]),
            order=order_of(arguments.get("orderBy")),
            hop=hop,
            where=where,
            year=arguments.get("year") if hop is not None else None,
        )

    def _part(self, label: Label, type_: Any, key: str, fields: list[FieldNode]) -> plan.Part:
        match fields[0].name.value:
            case "__typename":
                return Literal(key, type_.name)
            case "nodes":
                return plan.Nodes(key, self._shape(label, fields))
            case "totalCount":
                return plan.TotalCount(key)
            case "pageInfo":
                return self._page_info(key, fields)
            case _:
                edge_type = get_named_type(type_.fields["edges"].type)
                return plan.Edges(
                    key,
                    tuple(
                        self._edge_item(label, edge_type, item, same)
                        for item, same in self._selections.below(fields).items()
                    ),
                )

    def _page_info(self, key: str, fields: list[FieldNode]) -> plan.PageInfo:
        items = self._named(fields, "PageInfo")
        return plan.PageInfo(
            key,
            tuple(i if isinstance(i, Literal) else (i[0], _PAGE_FIELDS[i[1]]) for i in items),
        )

    def _edge_item(
        self, label: Label, type_: Any, key: str, fields: list[FieldNode]
    ) -> plan.EdgeItem:
        field = fields[0]
        match field.name.value:
            case "__typename":
                return Literal(key, type_.name)
            case "cursor":
                return plan.Cursor(key)
            case "node":
                return plan.EdgeNode(key, self._shape(label, fields))
            case "years":
                return plan.Years(key)
            case "channels" | "evidence" as name:
                year = self._arguments(type_.fields[name], field).get("year")
                if name == "channels":
                    return plan.Through(key, self._shape(Label.CHANNEL, fields), year)
                return plan.Evidence(key, self._evidence(fields), year)
            case name:
                return plan.EdgeValue(key, graph_name(label, name))

    def _evidence(self, fields: list[FieldNode]) -> tuple[plan.EvidenceItem, ...]:
        items: list[plan.EvidenceItem] = []
        for key, same in self._selections.below(fields).items():
            match same[0].name.value:
                case "__typename":
                    items.append(Literal(key, "Evidence"))
                case "report":
                    items.append(plan.EvidenceNode(key, self._shape(Label.REPORT, same)))
                case "section":
                    items.append(plan.EvidenceNode(key, self._shape(Label.SECTION, same)))
                case name:
                    items.append(plan.EvidenceValue(key, name))
        return tuple(items)

    def _page(self, arguments: dict[str, Any], field: FieldNode) -> plan.Page:
        first, last = arguments.get("first"), arguments.get("last")
        if first is not None and last is not None:
            raise refusal(
                "FIRST_WITH_LAST",
                f"`{field.name.value}` has `first: {first}` with `last: {last}`. Give one of them.",
                field,
            )
        name = "first" if last is None else "last"
        limit = first if last is None else last
        if limit is None:
            limit = self._settings.default_page
        if limit < 0:
            raise refusal("BAD_USER_INPUT", f"`{name}` is {limit}: give 0 or more.", field)
        if limit > self._settings.max_page:
            raise over_limit(
                "PAGE_TOO_LARGE",
                "max_page",
                self._settings.max_page,
                limit,
                f"`{name}` of `{field.name.value}` is {limit}; the limit is "
                f"{self._settings.max_page}. Ask for smaller pages, the next with `after`.",
                field,
            )
        return plan.Page(limit, last is not None, arguments.get("after"), arguments.get("before"))

    # --- search -------------------------------------------------------------------------------

    def _search(self, key: str, arguments: dict[str, Any], fields: list[FieldNode]) -> plan.Search:
        query = arguments["query"]
        limit = self._settings.max_search_characters
        if len(query) > limit:
            raise over_limit(
                "SEARCH_TOO_LONG",
                "max_search_characters",
                limit,
                len(query),
                f"The search has {len(query)} characters; the limit is {limit}. Search for a few "
                "words of it.",
                fields[0],
            )
        return plan.Search(
            key,
            query,
            self._searched(arguments.get("types"), fields[0]),
            self._page(arguments, fields[0]),
            tuple(
                self._search_part(part, same)
                for part, same in self._selections.below(fields).items()
            ),
        )

    def _searched(self, types: list[Label] | None, field: FieldNode) -> tuple[Label, ...]:
        with_text = [label for label in Label if NODES[label].names]
        labels = [label for label in with_text if types is None or label in types]
        if not labels:
            raise refusal(
                "BAD_USER_INPUT",
                f"`types` names nothing that has text. Leave it out, or give some of "
                f"{', '.join(label.name for label in with_text)}.",
                field,
            )
        return tuple(labels)

    def _search_part(self, key: str, fields: list[FieldNode]) -> plan.SearchPart:
        match fields[0].name.value:
            case "__typename":
                return Literal(key, "SearchConnection")
            case "totalCount":
                return plan.TotalCount(key)
            case "pageInfo":
                return self._page_info(key, fields)
            case "nodes":
                return plan.Hits(key, self._hit(fields))
            case _:
                items: list[plan.HitItem | plan.Cursor | plan.HitObject] = []
                for item, same in self._selections.below(fields).items():
                    match same[0].name.value:
                        case "__typename":
                            items.append(Literal(item, "SearchHitEdge"))
                        case "cursor":
                            items.append(plan.Cursor(item))
                        case _:
                            items.append(plan.HitObject(item, self._hit(same)))
                return plan.Hits(key, tuple(items))

    def _hit(self, fields: list[FieldNode]) -> tuple[plan.HitItem, ...]:
        items: list[plan.HitItem] = []
        for key, same in self._selections.below(fields).items():
            match same[0].name.value:
                case "__typename":
                    items.append(Literal(key, "SearchHit"))
                case "node":
                    items.append(plan.HitNode(key, self._variants(same)))
                case name:
                    items.append(plan.HitValue(key, name))
        return tuple(items)

    def _arguments(self, definition: GraphQLField, field: FieldNode) -> dict[str, Any]:
        if not definition.args:
            return {}
        arguments = get_argument_values(definition, field, self._variables)
        if not all(map(_is_text, arguments.values())):
            raise refusal(
                "BAD_USER_INPUT",
                f"`{field.name.value}` is given text with a NUL or half a character: no text has "
                "that. Take it out.",
                field,
            )
        return arguments


def _is_text(value: Any) -> bool:
    """Every text in the value can be compared with others: no NUL, no lone surrogate."""
    if isinstance(value, str):
        return "\0" not in value and (value.isascii() or not _SURROGATE.search(value))
    if isinstance(value, dict):
        return all(map(_is_text, value.values()))
    return not isinstance(value, list) or all(map(_is_text, value))
