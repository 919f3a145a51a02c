"""The tables of an embedded store, made from `graph.schema`: a new property there is one here.

For each label a table of its lower-case name (`observation`; `checked` for Check):

- `id`, the node's id;
- `<field>_id` for each relationship kept beside this label (`Stored.HEAD`: the forward field, as in
  `observation.metric_id`; `Stored.TAIL`: the backward one, as in `section.report_id`);
- a column for each property, under its own name. STRINGS, INTS and MAP are JSON text, MAP with its
  keys in order; BOOLEAN is 0 or 1; NUMBER is an integer where it is integral, so that it prints
  without `.0`.

For each relationship that is kept as edges, a table `<head>_<type>_<tail>`
(`agency_published_category`):

- `head_id`, `tail_id`, and for each end the properties of its default order (`head_sort_key`,
  `head_year`, `tail_path`), so that a page of either end's neighbours comes in order from an index;
- its own properties;
- where it is evidenced, `years` (a JSON list, ascending), and a table `…_evidence` with one row for
  each quote: `head_id`, `tail_id`, `year` (may be null), `report_id`, `section_id`, `quote`,
  `start`, `end`.

`search` has one row for each node that full-text search finds, `search_index` its tokens under the
same key. `support` and `claim` say which report states what about a node that several may state.
"""

from functools import cache

from gongkai.graph.schema import NODES, RELATIONSHIPS, Label, Property, Relationship, Stored, Type

_TABLES = {Label.CHECK: "checked"}  # CHECK is a word of SQL

APPLICATION_ID = 0x474B4149  # "GKAI" in the file's header
SCHEMA_VERSION = 4  # to be raised by every change of what this module or `graph.search` makes

OWNED = (Label.REPORT, Label.SECTION, Label.OBSERVATION, Label.CHECK)
"""Labels whose nodes belong to one report; all others are shared by the reports that state them."""

_COLUMN_TYPES = {
    Type.STRING: "TEXT",
    Type.INT: "INTEGER",
    Type.NUMBER: "ANY",
    Type.DATE: "TEXT",
    Type.BOOLEAN: "INTEGER",
    Type.INTS: "TEXT",
    Type.STRINGS: "TEXT",
    Type.MAP: "TEXT",
}

# Properties that lists are often narrowed by, beyond the order and the relations of each label.
_LOOKED_UP = {
    Label.REGION: ("name", "level"),
    Label.AGENCY: ("name", "level"),
    Label.REPORT: ("year",),
    Label.METRIC: ("name",),
    Label.OBSERVATION: ("year",),
    Label.POLICY: ("title", "doc_number", "name"),
    Label.CHANNEL: ("name", "type"),
    Label.CATEGORY: ("name",),
    Label.CHECK: ("rule", "status"),
}

# Comparisons of thousands of bodies are answered from these indexes alone: their tables are not read.
FIGURES_INDEX, REPORTS_INDEX = "observation_compared", "report_compared"
_COMPARED = {
    Label.OBSERVATION: (
        FIGURES_INDEX,
        (
            *("metric_id", "agency_id", "breakdown", "as_of", "precedence", "id"),
            *("scope", "value", "upper", "semantic", "unit", "qualifier"),
        ),
    ),
    Label.REPORT: (REPORTS_INDEX, ("agency_id", "year", "id", "template")),
}

# Figures that the longest lists are ordered by, from either end.
_ORDERED_BY = {Label.REPORT: ("year",), Label.OBSERVATION: ("value", "year")}


def quoted(name: str) -> str:
    """A name as SQL takes it whatever it is (`end`, `table` and `column` are words of SQL)."""
    return f'"{name}"'


def table_of(label: Label) -> str:
    return _TABLES.get(label, label.value.lower())


def edge_table(relationship: Relationship) -> str:
    """The table of a relationship that is kept as edges."""
    return f"{relationship.head}_{relationship.type}_{relationship.tail}".lower()


def evidence_table(relationship: Relationship) -> str:
    return f"{edge_table(relationship)}_evidence"


def reference(relationship: Relationship) -> tuple[Label, str]:
    """Where a relationship that is a column stands: the label that has it, and its name."""
    is_beside_head = relationship.stored is Stored.HEAD
    return relationship.head if is_beside_head else relationship.tail, relationship.reference


@cache
def references(label: Label) -> dict[str, Label]:
    """The columns of a label that hold the id of another node, with that node's label."""
    return {
        item.reference: item.tail if item.stored is Stored.HEAD else item.head
        for item in RELATIONSHIPS
        if item.stored is not Stored.EDGE and reference(item)[0] is label
    }


@cache
def columns(label: Label) -> tuple[str, ...]:
    """Every column of a label's table, in order."""
    return ("id", *references(label), *(item.name for item in NODES[label].properties))


def order_columns(end: str, label: Label) -> tuple[str, ...]:
    """The columns of an edge table that repeat the default order of its `head` or `tail`."""
    return tuple(f"{end}_{name}" for name in NODES[label].order)


@cache
def edge_relationships() -> tuple[Relationship, ...]:
    return tuple(item for item in RELATIONSHIPS if item.stored is Stored.EDGE)


def searched(label: Label, row: str) -> list[tuple[str, str]]:
    """What full-text search looks in: each property and the expression for its text.

    `row`: the alias of the label's table. A section is searched up to where the next one begins:
    its subsections are searched themselves.
    """
    found = [(name, f"{row}.{quoted(name)}") for name in NODES[label].names]
    if label is not Label.SECTION:
        return found
    following = (
        f"(SELECT min(later.start) FROM section AS later"
        f" WHERE later.report_id = {row}.report_id AND later.start > {row}.start)"
    )
    own = f"substr({row}.text, 1, ifnull({following} - {row}.start, length({row}.text)))"
    return [(name, own if name == "text" else text) for name, text in found]


def statements() -> list[str]:
    """What makes an empty store: tables, indexes, triggers."""
    made = [statement for label in Label for statement in _of_label(label)]
    made += [statement for item in edge_relationships() for statement in _of_edges(item)]
    return [
        *made,
        *(_keeps_order(label) for label in Label if _edge_ends(label)),
        *_SEARCH,
        *_BOOKKEEPING,
        f"PRAGMA application_id = {APPLICATION_ID}",
        f"PRAGMA user_version = {SCHEMA_VERSION}",
    ]


def _property(item: Property, name: str | None = None) -> str:
    required = " NOT NULL" if item.required else ""
    return f"{quoted(name or item.name)} {_COLUMN_TYPES[item.type]}{required}"


def _reference(name: str, label: Label, *, required: bool = False) -> str:
    return f"{name} TEXT{' NOT NULL' if required else ''} REFERENCES {table_of(label)}"


def _table(name: str, *parts: str) -> str:
    return f"CREATE TABLE {name} (\n  " + ",\n  ".join(parts) + "\n) STRICT"


def _index(table: str, *names: str, present: str | None = None, unique: bool = False) -> str:
    """`present`: only rows where this column is not null are in the index."""
    where = f" WHERE {quoted(present)} IS NOT NULL" if present else ""
    listed = ", ".join(quoted(name) for name in names)
    kind = "UNIQUE INDEX" if unique else "INDEX"
    return f"CREATE {kind} {table}_by_{names[0]} ON {table} ({listed}){where}"


def _of_label(label: Label) -> list[str]:
    node, table = NODES[label], table_of(label)
    narrowed = [*references(label), *(n for n in _LOOKED_UP.get(label, ()) if n != node.order[0])]
    return [
        _table(
            table,
            "id TEXT NOT NULL PRIMARY KEY",
            *(_reference(name, target) for name, target in references(label).items()),
            *(_property(item) for item in node.properties),
        ),
        _index(table, *node.order, "id"),
        *(
            _index(table, name, *(n for n in node.order if n != name), "id", present=name)
            for name in narrowed
        ),
        *(
            f"CREATE INDEX {table}_by_{name}_{way} ON {table} ({quoted(name)} {way}, id)"
            for name in _ORDERED_BY.get(label, ())
            for way in ("ASC", "DESC")
        ),
        *_compared(label),
    ]


def _compared(label: Label) -> list[str]:
    if label not in _COMPARED:
        return []
    name, names = _COMPARED[label]
    return [f"CREATE INDEX {name} ON {table_of(label)} ({', '.join(map(quoted, names))})"]


def _of_edges(relationship: Relationship) -> list[str]:
    table, head, tail = edge_table(relationship), relationship.head, relationship.tail
    heads, tails = order_columns("head", head), order_columns("tail", tail)
    made = [
        _table(
            table,
            _reference("head_id", head, required=True),
            _reference("tail_id", tail, required=True),
            *(_property(NODES[head].property(n), f"head_{n}") for n in NODES[head].order),
            *(_property(NODES[tail].property(n), f"tail_{n}") for n in NODES[tail].order),
            *map(_property, relationship.properties),
            *(
                ["years TEXT NOT NULL", "UNIQUE (head_id, tail_id)"]
                if relationship.evidenced
                else []
            ),
        ),
        _index(table, "head_id", *tails, "tail_id", unique=True),
        _index(table, "tail_id", *heads, "head_id"),
    ]
    if not relationship.evidenced:
        return made
    evidence = evidence_table(relationship)
    return [
        *made,
        _table(
            evidence,
            _reference("head_id", head, required=True),
            _reference("tail_id", tail, required=True),
            "year INTEGER",
            _reference("report_id", Label.REPORT, required=True),
            _reference("section_id", Label.SECTION),
            "quote TEXT NOT NULL",
            '"start" INTEGER NOT NULL',
            '"end" INTEGER NOT NULL',
        ),
        _index(evidence, "head_id", "tail_id", "year", "report_id", "start"),
        _index(evidence, "report_id", "head_id"),
    ]


def _edge_ends(label: Label) -> list[tuple[Relationship, str]]:
    """Where this label's order is repeated in edge tables."""
    found = [(item, "head") for item in edge_relationships() if item.head is label]
    return found + [(item, "tail") for item in edge_relationships() if item.tail is label]


def _keeps_order(label: Label) -> str:
    """A node whose place in the order changes takes its edges along."""
    order = NODES[label].order
    changed = " OR ".join(f"old.{quoted(n)} IS NOT new.{quoted(n)}" for n in order)
    updates = "".join(
        f"  UPDATE {edge_table(item)} SET "
        + ", ".join(f"{quoted(f'{end}_{name}')} = new.{quoted(name)}" for name in order)
        + f" WHERE {end}_id = new.id;\n"
        for item, end in _edge_ends(label)
    )
    table = table_of(label)
    return (
        f"CREATE TRIGGER {table}_keeps_order AFTER UPDATE OF {', '.join(map(quoted, order))}"
        f" ON {table} WHEN {changed} BEGIN\n{updates}END"
    )


_SEARCH = (
    # `name`: the folded name (`graph.search.fold_search`); `year`: the report's or the figure's.
    # Keys are never used again.
    """CREATE TABLE search (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  name TEXT NOT NULL,
  year INTEGER
) STRICT""",
    # The text stands in the labels' tables; here are only its tokens (`graph.search.tokens`).
    "CREATE VIRTUAL TABLE search_index USING fts5"
    " (tokens, content = '', columnsize = 0, tokenize = 'ascii')",
)

_BOOKKEEPING = (
    # What is said of a shared node, and how many reports say just that: what the node shows is found
    # here, however many reports there are. `claims`: its properties and references, as JSON.
    """CREATE TABLE claim (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  label TEXT NOT NULL,
  claims TEXT NOT NULL,
  reports INTEGER NOT NULL,
  UNIQUE (id, claims)
) STRICT""",
    # Which report says it. The node goes with its last row.
    """CREATE TABLE support (
  report_id TEXT NOT NULL REFERENCES report,
  claim INTEGER NOT NULL REFERENCES claim,
  PRIMARY KEY (report_id, claim)
) STRICT, WITHOUT ROWID""",
)
