"""Objects of an answer, made of their values by place."""

import msgspec

from gongkai.graph.records import record_type


def test_a_record_is_written_under_its_keys_in_their_order() -> None:
    record = record_type(("name", "id", "class"))("宿迁市", None, [1])
    assert msgspec.json.encode(record) == '{"name":"宿迁市","id":null,"class":[1]}'.encode()
