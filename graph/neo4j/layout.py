"""How the graph stands in Neo4j, made from `graph.schema`: a new property there is one here.

Each label of the schema is a label, each relationship a relationship, each property a property of
its own type: DATE is a date, NUMBER a float, lists are lists. What differs:

- a MAP (`dimensions`) is a property for each entry, `dimension_applicant`, and `dimension_names`
  with their names in order;
- an evidenced relationship has `years` and one list for each part of its quotes, in one order (year,
  report, place): `evidence_quotes`, `evidence_starts`, `evidence_ends`, `evidence_years` (0 for
  none), `evidence_reports` and `evidence_sections` (ids, "" for none);
- `caption` is a name broken by spaces into lines that fit a circle, for Neo4j Browser;
- `search_name` is the folded name, `search_1` … the tokens of each searchable property (see
  `graph.search`), `search_length` how much of a section's text is its own.

Beside the graph, unconnected: one `GongkaiStore` (what this database is, and the lock that writers
take); a `GongkaiClaims` for each node that several reports may state, with the different claims made
of it and how many reports make each; a `GongkaiSupport` for each report, with the claims it makes
and the relationships it gives quotes for.
"""

from functools import cache

from gongkai.graph.schema import NODES, RELATIONSHIPS, Hop, Label, Relationship, Type

SCHEMA_VERSION = 2  # to be raised by every change of what this module or `graph.search` makes

OLDEST_SERVER = (5, 23)
"""Statements use `CALL (variables) { … }`."""

SEARCH_INDEX = "gongkai_search"

OWNED = (Label.REPORT, Label.SECTION, Label.OBSERVATION, Label.CHECK)
"""Labels whose nodes belong to one report; all others are shared by the reports that state them."""

EVIDENCE = ("quotes", "starts", "ends", "years", "reports", "sections")

# Properties that lists are often narrowed by, beyond the order of each label.
_LOOKED_UP = {
    Label.REGION: ("name",),
    Label.AGENCY: ("name",),
    Label.REPORT: ("year",),
    Label.METRIC: ("name",),
    Label.OBSERVATION: ("value", "year"),
    Label.POLICY: ("name", "title", "doc_number"),
    Label.CHANNEL: ("name", "type"),
    Label.CATEGORY: ("name",),
    Label.CHECK: ("rule", "status"),
}


def pattern(here: str, hop: Hop, there: str, edge: str = "") -> str:
    """One hop as Cypher draws it. `there`: the variable of the other end, given its label."""
    arrow = f"-[{edge}:{hop.relationship.type}]-"
    label = hop.target.value
    if hop.forward:
        return f"({here}){arrow}>({there}:{label})"
    return f"({here})<{arrow}({there}:{label})"


@cache
def map_properties(label: Label) -> tuple[str, ...]:
    return tuple(item.name for item in NODES[label].properties if item.type is Type.MAP)


def entry_prefix(name: str) -> str:
    """What the properties of a MAP's entries begin with: `dimension_` for `dimensions`.

    >>> entry_prefix("dimensions")
    'dimension_'
    """
    return f"{name.removesuffix('s')}_"


def entry_names(name: str) -> str:
    """The property with the names of a MAP's entries."""
    return f"{entry_prefix(name)}names"


@cache
def evidenced() -> tuple[Relationship, ...]:
    return tuple(item for item in RELATIONSHIPS if item.evidenced)


def constraints() -> dict[str, str]:
    """The statement for each constraint, by its name."""
    labels = [label.value for label in Label] + ["GongkaiStore", "GongkaiClaims", "GongkaiSupport"]
    return {
        f"gongkai_{label.lower()}_id": (
            f"CREATE CONSTRAINT gongkai_{label.lower()}_id IF NOT EXISTS"
            f" FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        )
        for label in labels
    }


def indexes() -> dict[str, str]:
    """The statement for each index, by its name."""
    made = {}
    for label, node in NODES.items():
        for names in [node.order, *((name,) for name in _LOOKED_UP.get(label, ()))]:
            index = f"gongkai_{label.value}_{'_'.join(names)}".lower()
            listed = ", ".join(f"n.{name}" for name in (*names, "id"))
            made[index] = f"CREATE INDEX {index} IF NOT EXISTS FOR (n:{label}) ON ({listed})"
    searched = [label for label in Label if NODES[label].names]
    fields = ", ".join(f"n.search_{place + 1}" for place in range(_most_fields()))
    made[SEARCH_INDEX] = (
        f"CREATE FULLTEXT INDEX {SEARCH_INDEX} IF NOT EXISTS FOR (n:{'|'.join(searched)})"
        f" ON EACH [{fields}] OPTIONS {{indexConfig: {{`fulltext.analyzer`: 'whitespace'}}}}"
    )
    return made


def _most_fields() -> int:
    return max(len(node.names) for node in NODES.values())


def search_fields() -> tuple[str, ...]:
    return tuple(f"search_{place + 1}" for place in range(_most_fields()))
