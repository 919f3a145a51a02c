"""What a report states of nodes and edges."""

from pathlib import Path

import pytest

from gongkai.graph.schema import HOPS, NODES
from gongkai.graph.statements import placed, statements
from gongkai.loaders.load import SAMPLES, read_report


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_the_own_of_a_node_stand_together_under_its_id(path: Path) -> None:
    said = statements(read_report(path))
    held, _ = placed(said.edges)
    keys = [
        (
            node.properties["sort_key"],
            held[node.id][HOPS[node.label, within].relationship.reference],
        )
        for node in said.nodes.values()
        if (within := NODES[node.label].within) is not None
    ]
    assert keys
    assert [key for key, owner in keys if not str(key).startswith(f"{owner}:")] == []
