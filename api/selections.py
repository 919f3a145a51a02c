"""What an operation selects: fragments followed, @skip and @include obeyed, equal keys merged."""

from collections.abc import Iterable, Mapping

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    get_directive_values,
)
from graphql.execution.values import VariableValues

from gongkai.graph.schema import Label

_INTERFACE = "Node"


class Selections:
    def __init__(
        self, fragments: Mapping[str, FragmentDefinitionNode], variables: VariableValues
    ) -> None:
        self._fragments, self._variables = fragments, variables

    def below(
        self, fields: Iterable[FieldNode], label: Label | None = None
    ) -> dict[str, list[FieldNode]]:
        """The fields selected below these ones by response key, in the order of the query.

        `label`: of the node they are about, so that fragments on other types are left out; other
        objects have one type only, and validation has seen to theirs.
        """
        found: dict[str, list[FieldNode]] = {}
        seen: set[str] = set()
        for field in fields:
            if field.selection_set is not None:
                self._collect(field.selection_set, label, found, seen)
        return found

    def of(self, selections: SelectionSetNode) -> dict[str, list[FieldNode]]:
        """The same for a whole operation."""
        found: dict[str, list[FieldNode]] = {}
        self._collect(selections, None, found, set())
        return found

    def _collect(
        self,
        selections: SelectionSetNode,
        label: Label | None,
        found: dict[str, list[FieldNode]],
        seen: set[str],
    ) -> None:
        for selection in selections.selections:
            if selection.directives and not self._included(selection):
                continue
            if isinstance(selection, FieldNode):
                key = (selection.alias or selection.name).value
                found.setdefault(key, []).append(selection)
                continue
            fragment: FragmentDefinitionNode | InlineFragmentNode
            if isinstance(selection, FragmentSpreadNode):
                if selection.name.value in seen:
                    continue
                seen.add(selection.name.value)
                fragment = self._fragments[selection.name.value]
            elif isinstance(selection, InlineFragmentNode):
                fragment = selection
            else:
                raise AssertionError(f"an unknown selection: {selection.kind}")
            on = fragment.type_condition
            if label is None or on is None or on.name.value in (label, _INTERFACE):
                self._collect(fragment.selection_set, label, found, seen)

    def _included(self, node: SelectionNode) -> bool:
        skip = get_directive_values(GraphQLSkipDirective, node, self._variables)
        if skip and skip["if"]:
            return False
        include = get_directive_values(GraphQLIncludeDirective, node, self._variables)
        return not include or bool(include["if"])
