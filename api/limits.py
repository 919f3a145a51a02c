"""What an operation may cost, checked before it runs. Each limit is a setting.

Fields, aliases and depth are counted on the document, every fragment written out wherever it is
spread, yet each fragment is walked once: a bomb of fragments costs no more than its text.
Pages, ids and nodes are counted on the plan, when the variables are known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from gongkai.graph.plan import (
    ById,
    ByIds,
    ByKey,
    Connection,
    EdgeNode,
    Edges,
    HitNode,
    HitObject,
    Hits,
    Item,
    Nodes,
    One,
    Root,
    Search,
    Several,
    Shape,
    Through,
    Variants,
)

from .errors import over_limit
from .settings import Settings


@dataclass(frozen=True, slots=True)
class _Size:
    fields: int = 0
    aliases: int = 0
    depth: int = 0

    def beside(self, other: "_Size") -> "_Size":
        return _Size(
            self.fields + other.fields,
            self.aliases + other.aliases,
            max(self.depth, other.depth),
        )


class _Measure:
    def __init__(self, document: DocumentNode) -> None:
        self.fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        self.measured: dict[str, _Size] = {}

    def of(self, selections: SelectionSetNode | None) -> _Size:
        if selections is None:
            return _Size()
        return reduce(_Size.beside, map(self._selection, selections.selections), _Size())

    def _selection(self, selection: SelectionNode) -> _Size:
        if isinstance(selection, FieldNode):
            below = self.of(selection.selection_set)
            return _Size(
                below.fields + 1, below.aliases + (selection.alias is not None), below.depth + 1
            )
        if isinstance(selection, FragmentSpreadNode):
            return self._fragment(selection.name.value)
        return self.of(getattr(selection, "selection_set", None))

    def _fragment(self, name: str) -> _Size:
        if name not in self.measured:
            self.measured[name] = _Size()  # a fragment that spreads itself is refused elsewhere
            if name in self.fragments:
                self.measured[name] = self.of(self.fragments[name].selection_set)
        return self.measured[name]


def check_document(document: DocumentNode, settings: Settings) -> None:
    """Raises `GraphQLError` where an operation, or a fragment, is larger than it may be."""
    operations = [
        definition
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
    ]
    if len(operations) > settings.max_operations:
        raise over_limit(
            "TOO_MANY_OPERATIONS",
            "max_operations",
            settings.max_operations,
            len(operations),
            f"The document has {len(operations)} operations, the limit is "
            f"{settings.max_operations}. Send only the one to run.",
        )
    measure = _Measure(document)
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
            _check_size(measure.of(definition.selection_set), settings, definition)


def _check_size(
    size: _Size, settings: Settings, node: OperationDefinitionNode | FragmentDefinitionNode
) -> None:
    for code, setting, limit, found, what, change in (
        (
            "TOO_DEEP",
            "max_depth",
            settings.max_depth,
            size.depth,
            "levels of fields",
            "Start nearer to what you want, by its id",
        ),
        (
            "TOO_MANY_ALIASES",
            "max_aliases",
            settings.max_aliases,
            size.aliases,
            "aliases",
            "Ask for several nodes at once by `nodes(ids:)` or a `where` with `in`",
        ),
        (
            "TOO_MANY_FIELDS",
            "max_fields",
            settings.max_fields,
            size.fields,
            "fields, with fragments written out",
            "Split the operation",
        ),
    ):
        if found > limit:
            raise over_limit(
                code,
                setting,
                limit,
                found,
                f"The operation has {found} {what}; the limit is {limit}. {change}.",
                node,
            )


# --- nodes that a plan returns ----------------------------------------------------------------


def check_nodes(roots: list[Root], settings: Settings) -> None:
    """Raises `GraphQLError` where the pages of an operation, multiplied, hold too many nodes."""
    found = sum(map(_nodes_of_root, roots))
    if found > settings.max_nodes:
        raise over_limit(
            "TOO_MANY_NODES",
            "max_nodes",
            settings.max_nodes,
            found,
            f"The operation could return {found} nodes by its own page sizes; the limit is "
            f"{settings.max_nodes}. Ask for smaller pages (`first`), the inner ones above all.",
        )


def listed(shapes: Iterable[Shape]) -> int:
    """How many nodes the lists inside one object of each shape may hold by their page sizes."""
    return sum(_listed(item) for shape in shapes for item in shape.items)


def _listed(item: Item) -> int:
    match item:
        case Connection():
            return _item(item)
        case One() | Several():
            return sum(map(_listed, item.shape.items))
        case _:
            return 0


def _nodes_of_root(root: Root) -> int:
    match root:
        case ById():
            return _variants(root.variants)
        case ByIds():
            return len(root.ids) * _variants(root.variants)
        case ByKey():
            return _shape(root.shape)
        case Connection():
            return _item(root)
        case Search():
            return root.page.limit * sum(
                _hit(part.items) for part in root.parts if isinstance(part, Hits)
            )
        case _:
            return 0


def _hit(items: tuple[object, ...]) -> int:
    return sum(
        _variants(item.variants)
        if isinstance(item, HitNode)
        else _hit(item.items)
        if isinstance(item, HitObject)
        else 0
        for item in items
    )


def _variants(variants: Variants) -> int:
    return max(map(_shape, variants.shapes), default=0)


def _shape(shape: Shape) -> int:
    return 1 + sum(map(_item, shape.items))


def _item(item: Item) -> int:
    match item:
        case One() | Several():
            return _shape(item.shape)
        case Connection():
            return item.page.limit * sum(
                _shape(part.shape)
                if isinstance(part, Nodes)
                else sum(_shape(e.shape) for e in part.items if isinstance(e, EdgeNode | Through))
                if isinstance(part, Edges)
                else 0
                for part in item.parts
            )
        case _:
            return 0
