"""A GraphQL operation as plans: one `Root` for each root field, one tree, no resolvers.

The walk follows `graph.schema`: a field of a label's type is a property, a group of properties or a
hop. Arguments come coerced and validated by graphql-core.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionSetNode,
    get_directive_values,
    get_named_type,
)
from graphql import GraphQLIncludeDirective as Include
from graphql import GraphQLSkipDirective as Skip
from graphql.execution.values import get_argument_values

from gongkai.graph import plan
from gongkai.graph.errors import QueryRefused
from gongkai.graph.plan import Op, Where
from gongkai.graph.schema import HOPS, NODES, Hop, Label, Type

from .names import GROUPED, PLURALS, snake
from .settings import Settings
from .types import ALIASES, LISTS

_LABELS_OF_PLURALS = {plural: label for label, plural in PLURALS.items()}
_LABELS_OF_SINGLES = {label.lower(): label for label in Label}
_OPERATORS = {op.value: op for op in Op}


@dataclass(frozen=True, slots=True)
class Selected:
    """A field as it is to be answered: selections of one response key merged."""

    key: str
    name: str
    arguments: dict[str, Any]
    type: GraphQLObjectType | GraphQLInterfaceType | None
    nodes: tuple[FieldNode, ...]


@dataclass(frozen=True, slots=True)
class SubGraphRoot:
    """`paths` and `neighbourhood`: a walk by NetworkX, then the nodes by their ids."""

    arguments: dict[str, Any]
    between: bool
    items: tuple[Selected, ...]
    variants: plan.Variants | None


class Planner:
    """Plans the fields of one operation with its variables."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: dict[str, FragmentDefinitionNode],
        variables: Any,
        settings: Settings,
    ) -> None:
        self._schema, self._fragments = schema, fragments
        self._variables, self._settings = variables, settings

    # --- selections ---------------------------------------------------------------------------

    def select(
        self, parent: GraphQLObjectType | GraphQLInterfaceType, sets: tuple[SelectionSetNode, ...]
    ) -> list[Selected]:
        """The fields to answer for an object of the type, in the order of their response keys."""
        gathered: dict[str, list[FieldNode]] = {}
        for selection_set in sets:
            self._gather(parent, selection_set, gathered, set())
        return [self._selected(parent, key, tuple(nodes)) for key, nodes in gathered.items()]

    def _gather(
        self,
        parent: GraphQLObjectType | GraphQLInterfaceType,
        selection_set: SelectionSetNode,
        gathered: dict[str, list[FieldNode]],
        visited: set[str],
    ) -> None:
        for item in selection_set.selections:
            if not self._is_included(item):
                continue
            if isinstance(item, FieldNode):
                key = item.alias.value if item.alias else item.name.value
                gathered.setdefault(key, []).append(item)
            elif isinstance(item, FragmentSpreadNode):
                name = item.name.value
                if name not in visited:
                    visited.add(name)
                    fragment = self._fragments[name]
                    if self._applies(fragment.type_condition.name.value, parent):
                        self._gather(parent, fragment.selection_set, gathered, visited)
            elif isinstance(item, InlineFragmentNode):
                condition = item.type_condition
                if condition is None or self._applies(condition.name.value, parent):
                    self._gather(parent, item.selection_set, gathered, visited)

    def _is_included(self, node: Any) -> bool:
        if not node.directives:
            return True
        skip = get_directive_values(Skip, node, self._variables)
        include = get_directive_values(Include, node, self._variables)
        return not (skip and skip["if"]) and not (include and not include["if"])

    def _applies(self, condition: str, parent: GraphQLObjectType | GraphQLInterfaceType) -> bool:
        if condition == parent.name:
            return True
        kind = self._schema.type_map[condition]
        return isinstance(kind, GraphQLInterfaceType) and self._schema.is_sub_type(kind, parent)

    def _selected(
        self,
        parent: GraphQLObjectType | GraphQLInterfaceType,
        key: str,
        nodes: tuple[FieldNode, ...],
    ) -> Selected:
        name = nodes[0].name.value
        if name == "__typename":
            return Selected(key, name, {}, None, nodes)
        field = parent.fields[name]
        arguments = get_argument_values(field, nodes[0], self._variables) if field.args else {}
        kind = get_named_type(field.type)
        composite = isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        return Selected(key, name, arguments, kind if composite else None, nodes)

    def inside(self, field: Selected, kind: Any = None) -> list[Selected]:
        """The fields selected in a field, for an object of `kind` (its own type unless told)."""
        sets = tuple(node.selection_set for node in field.nodes if node.selection_set)
        return self.select(kind or field.type, sets)

    # --- root fields ----------------------------------------------------------------------------

    def root(self, field: Selected) -> plan.Root | SubGraphRoot:
        name, arguments = field.name, field.arguments
        if name == "node":
            return plan.ById(arguments["id"], self._variants(field))
        if name == "nodes":
            ids = tuple(arguments["ids"])
            self._limit(
                "ids", len(ids), self._settings.max_ids, "Ask for them in several operations."
            )
            return plan.ByIds(ids, self._variants(field))
        if name in _LABELS_OF_PLURALS:
            return self._connection(field, _LABELS_OF_PLURALS[name], None)
        if name in _LABELS_OF_SINGLES:
            return self._single(field, _LABELS_OF_SINGLES[name])
        if name == "search":
            return self._search(field)
        if name == "stats":
            return plan.Stats(
                tuple(
                    self._literal(item, "Stats")
                    if item.name == "__typename"
                    else (item.key, _LABELS_OF_PLURALS[item.name])
                    for item in self.inside(field)
                )
            )
        return self._subgraph(field)

    def _single(self, field: Selected, label: Label) -> plan.Root:
        given = {name: value for name, value in field.arguments.items() if value is not None}
        if len(given) != 1:
            raise QueryRefused(
                f"`{field.name}` takes exactly one of its arguments.", code="BAD_USER_INPUT"
            )
        shape = self._shape(field, label)
        ((name, value),) = given.items()
        if name == "id":
            return plan.ById(value, plan.Variants((shape,)))
        return plan.ByKey(name, value, shape)

    def _variants(self, field: Selected) -> plan.Variants:
        return plan.Variants(tuple(self._shape(field, label) for label in Label))

    def _search(self, field: Selected) -> plan.Search:
        query = field.arguments["query"]
        self._limit(
            "search characters", len(query), self._settings.max_search_characters, "Shorten it."
        )
        types = field.arguments.get("types")
        labels = tuple(dict.fromkeys(Label(item) for item in types)) if types else tuple(Label)
        return plan.Search(
            field.key,
            query,
            tuple(label for label in labels if NODES[label].names),
            self._page(field),
            tuple(self._search_part(part) for part in self.inside(field)),
        )

    def _search_part(self, part: Selected) -> plan.SearchPart:
        match part.name:
            case "nodes":
                return plan.Hits(part.key, tuple(map(self._hit_item, self.inside(part))))
            case "edges":
                items: list[Any] = []
                for item in self.inside(part):
                    match item.name:
                        case "cursor":
                            items.append(plan.Cursor(item.key))
                        case "node":
                            inner = tuple(map(self._hit_item, self.inside(item)))
                            items.append(plan.HitObject(item.key, inner))
                        case _:
                            items.append(self._literal(item, "SearchHitEdge"))
                return plan.Hits(part.key, tuple(items))
            case "pageInfo":
                return self._page_info(part)
            case "totalCount":
                return plan.TotalCount(part.key)
            case _:
                return self._literal(part, "SearchConnection")

    def _hit_item(self, item: Selected) -> plan.HitItem:
        if item.name == "node":
            return plan.HitNode(item.key, self._variants(item))
        if item.name == "__typename":
            return self._literal(item, "SearchHit")
        return plan.HitValue(item.key, item.name)

    def _subgraph(self, field: Selected) -> SubGraphRoot:
        items = self.inside(field)
        wanted = next((item for item in items if item.name == "nodes"), None)
        variants = self._variants(wanted) if wanted else None
        return SubGraphRoot(field.arguments, field.name == "paths", tuple(items), variants)

    # --- shapes ---------------------------------------------------------------------------------

    def _literal(self, field: Selected, type_name: str) -> plan.Literal:
        return plan.Literal(field.key, type_name)

    def _shape(self, field: Selected, label: Label) -> plan.Shape:
        kind = self._schema.type_map[label]
        return plan.Shape(
            label, tuple(self._item(label, item) for item in self.inside(field, kind))
        )

    def _item(self, label: Label, field: Selected) -> plan.Item:
        if field.name == "__typename":
            return self._literal(field, label)
        name = snake(field.name)
        if (label, name) in GROUPED:
            return self._group(field, label, name)
        name = ALIASES.get((label, name), name)
        hop = HOPS.get((label, name))
        if hop is None:
            return self._value(field, label, name)
        if hop.single:
            return plan.One(field.key, hop, self._shape(field, hop.target))
        if (label, name) in LISTS:
            return plan.Several(field.key, hop, self._shape(field, hop.target))
        return self._connection(field, hop.target, hop)

    def _value(self, field: Selected, label: Label, name: str) -> plan.Item:
        if name != "id" and NODES[label].property(name).type is Type.MAP:
            items = tuple(
                self._literal(item, "Dimension")
                if item.name == "__typename"
                else plan.Value(item.key, item.name)
                for item in self.inside(field)
            )
            return plan.Entries(field.key, name, items)
        return plan.Value(field.key, name)

    def _group(self, field: Selected, label: Label, name: str) -> plan.Grouped:
        properties = GROUPED[label, name]
        prefix = "" if name == "cell" else f"{name}_"
        items = tuple(
            self._literal(item, name.capitalize())
            if item.name == "__typename"
            else plan.Value(item.key, f"{prefix}{snake(item.name)}")
            for item in self.inside(field)
        )
        return plan.Grouped(field.key, items, properties[0])

    # --- connections ----------------------------------------------------------------------------

    def _connection(self, field: Selected, label: Label, hop: Hop | None) -> plan.Connection:
        where = field.arguments.get("where")
        return plan.Connection(
            key=field.key,
            label=label,
            parts=tuple(self._part(part, label, field.type) for part in self.inside(field)),
            page=self._page(field),
            order=tuple(_order(item) for item in field.arguments.get("order_by") or ()),
            hop=hop,
            where=self._where(label, where) if where else None,
            year=field.arguments.get("year"),
        )

    def _page(self, field: Selected) -> plan.Page:
        first, last = field.arguments.get("first"), field.arguments.get("last")
        after, before = field.arguments.get("after"), field.arguments.get("before")
        if first is not None and last is not None:
            raise QueryRefused(
                f"`{field.name}` has `first` {first} and `last` {last}: give one of them."
            )
        limit = (
            self._settings.default_page if first is None and last is None else first or last or 0
        )
        if limit < 0:
            raise QueryRefused(f"`{field.name}` asks for {limit} nodes: give 0 or more.")
        self._limit("page", limit, self._settings.max_page, "Ask for fewer and go on with `after`.")
        return plan.Page(limit, backward=last is not None, after=after, before=before)

    def _part(self, part: Selected, label: Label, kind: Any) -> plan.Part:
        """`kind`: the type of the connection."""
        match part.name:
            case "nodes":
                return plan.Nodes(part.key, self._shape(part, label))
            case "edges":
                items = tuple(self._edge_item(item, label, part.type) for item in self.inside(part))
                return plan.Edges(part.key, items)
            case "pageInfo":
                return self._page_info(part)
            case "totalCount":
                return plan.TotalCount(part.key)
            case _:
                return self._literal(part, kind.name)

    def _page_info(self, part: Selected) -> plan.PageInfo:
        return plan.PageInfo(
            part.key,
            tuple(
                self._literal(item, "PageInfo")
                if item.name == "__typename"
                else (item.key, plan.PageField(item.name))
                for item in self.inside(part)
            ),
        )

    def _edge_item(self, item: Selected, label: Label, kind: Any) -> plan.EdgeItem:
        match item.name:
            case "cursor":
                return plan.Cursor(item.key)
            case "node":
                return plan.EdgeNode(item.key, self._shape(item, label))
            case "years":
                return plan.Years(item.key)
            case "evidence":
                items = tuple(map(self._evidence_item, self.inside(item)))
                return plan.Evidence(item.key, items, item.arguments.get("year"))
            case "channels":
                shape = self._shape(item, Label.CHANNEL)
                return plan.Through(item.key, shape, item.arguments.get("year"))
            case _:
                return self._literal(item, kind.name)

    def _evidence_item(self, item: Selected) -> plan.EvidenceItem:
        if item.name in ("report", "section"):
            return plan.EvidenceNode(item.key, self._shape(item, Label(item.name.capitalize())))
        if item.name == "__typename":
            return self._literal(item, "Evidence")
        return plan.EvidenceValue(item.key, item.name)

    # --- filters --------------------------------------------------------------------------------

    def _where(self, label: Label, given: dict[str, Any]) -> Where:
        parts: list[Where] = []
        for name, value in given.items():
            if value is None:
                continue
            parts.extend(self._condition(label, name.rstrip("_"), value))
        return parts[0] if len(parts) == 1 else plan.All(tuple(parts))

    def _condition(self, label: Label, name: str, value: Any) -> list[Where]:
        match name:
            case "and":
                return [plan.All(tuple(self._where(label, item) for item in value))]
            case "or":
                return [plan.Either(tuple(self._where(label, item) for item in value))]
            case "not":
                return [plan.Not(self._where(label, value))]
            case "dimensions":
                return [condition for item in value for condition in _dimension(item)]
        hop = HOPS.get((label, name))
        if hop is None:
            return self._comparisons(name, value)
        if hop.single:
            return [plan.Related(hop, self._where(hop.target, value))]
        year = value.get("year")
        made: list[Where] = []
        for quantifier in ("some", "none"):
            if quantifier in value and value[quantifier] is not None:
                inner = self._where(hop.target, value[quantifier])
                made.append(plan.Related(hop, inner, none=quantifier == "none", year=year))
        return made or [plan.Related(hop, None, year=year)]

    def _comparisons(self, name: str, given: dict[str, Any]) -> list[Where]:
        made: list[Where] = []
        for operator, value in given.items():
            if value is None:
                continue
            op = _OPERATORS[_camel_operator(operator)]
            if op is Op.IN:
                self._limit(
                    "ids", len(value), self._settings.max_ids, "Filter in several operations."
                )
                made.append(plan.Compare(name, op, tuple(map(_plain, value))))
            else:
                made.append(plan.Compare(name, op, _plain(value)))
        return made

    def _limit(self, what: str, found: int, limit: int, advice: str) -> None:
        if found > limit:
            raise QueryRefused(
                f"The operation has {found:,} for its limit of {what}, {limit:,}. {advice}",
                code="LIMIT_EXCEEDED",
            )


def _camel_operator(name: str) -> str:
    return {"in_": "in", "starts_with": "startsWith", "is_null": "isNull"}.get(name, name)


def _plain(value: Any) -> Any:
    """An enum's value as a store has it."""
    return value.value if isinstance(value, Enum) else value


def _dimension(given: dict[str, Any]) -> list[Where]:
    value = given.get("value") or {}
    made: list[Where] = []
    if value.get("eq") is not None:
        made.append(plan.Dimension(given["name"], Op.EQ, value["eq"]))
    if value.get("in_") is not None:
        made.append(plan.Dimension(given["name"], Op.IN, tuple(value["in_"])))
    if not made:
        raise QueryRefused("A dimension's `value` takes `eq` or `in`.", code="BAD_USER_INPUT")
    return made


def _order(given: dict[str, Any]) -> plan.Order:
    direction = _plain(given.get("direction")) or "ASC"
    return plan.Order(_plain(given["field"]), descending=direction == "DESC")
