"""JSON Schema, OpenAPI, Table Schema and CSV on the Web. All made up."""

from datetime import date

from intake import Upload, read
from tests.intake.schema.schemas import names, schemas


def test_json_schema_and_its_references() -> None:
    text = """{"$schema": "x", "title": "住民", "type": "object", "required": ["id"],
      "properties": {"id": {"$ref": "#/$defs/Id"}, "年齢": {"type": "integer", "minimum": 0},
        "区": {"enum": ["北区", "南区", 3]}, "外": {"$ref": "http://example.invalid/x.json"}},
      "$defs": {"Id": {"type": "string", "maxLength": 8}}}"""
    (dataset,) = read([Upload("s.json", text.encode())])
    first, age, ward, _ = dataset.schema.columns
    assert (first.length, first.required) == (8, True)
    assert age.minimum == 0
    assert ward.allowed == ("北区", "南区", "3")
    assert any("$ref" in note.ja for note in dataset.sources[0].notes)


def test_yaml_keys_and_codes_stay_as_written() -> None:
    text = """
openapi: "3.0.0"
components:
  schemas:
    申請:
      properties:
        No: {type: string}
        ON: {type: string, enum: [001, 010, yes, 1.10]}
"""
    (schema,) = schemas(text.encode(), "s.yml")
    assert names(schema) == ["No", "ON"]
    assert schema.columns[1].allowed == ("001", "010", "yes", "1.10")


def test_table_schema() -> None:
    text = """{"fields": [{"name": "id", "type": "string", "constraints": {"required": true}},
      {"name": "sex", "type": "string", "description": "次のいずれか {1:男, 2:女}"}]}"""
    (schema,) = schemas(text.encode(), "t.json")
    assert schema.layout == "table_schema"
    assert schema.columns[0].required
    assert schema.columns[1].allowed == ("1", "2")


def test_constraints_of_a_table_schema() -> None:
    text = """{"missingValues": ["", "-"], "primaryKey": "id", "fields": [
      {"name": "id", "type": "integer"},
      {"name": "郵便番号", "constraints": {"pattern": "[0-9]{3}-[0-9]{4}", "minLength": 8}},
      {"name": "カナ", "constraints": {"pattern": "(?=x)x"}},
      {"name": "区分", "type": "string", "constraints": {"enum": ["A", "B"], "unique": true}},
      {"name": "対象", "type": "boolean", "trueValues": ["有"], "falseValues": ["無"]},
      {"name": "受付日", "type": "date", "constraints": {"minimum": "2024-04-01"}},
      {"name": "更新日", "type": "date", "format": "%Y/%m/%d"},
      {"name": "金額", "type": "number", "groupChar": ",", "constraints": {"exclusiveMinimum": 0}}
    ]}"""
    (dataset,) = read([Upload("t.json", text.encode())])
    assert dataset.schema
    key, post, kana, kind, truth, day, form, amount = dataset.schema.columns
    assert (key.unique, key.required, key.exact, key.missing) == (True, True, True, ("-",))
    assert (post.pattern, post.shortest) == ("^(?:[0-9]{3}-[0-9]{4})$", 8)
    assert not kana.pattern
    assert any("「カナ」" in note.ja and "pattern" in note.en for note in dataset.sources[0].notes)
    assert (kind.allowed, kind.exact_values, kind.unique) == (("A", "B"), True, True)
    assert truth.allowed == ("有", "無")
    assert (day.format, day.minimum) == ("date", date(2024, 4, 1))
    assert form.format == "%Y/%m/%d"
    assert (amount.exact, amount.minimum, amount.beyond_minimum) == (False, 0, True)


def test_constraints_of_json_schema_and_csv_on_the_web() -> None:
    text = """{"type": "object", "properties": {
      "a": {"type": "string", "pattern": "^[\\\\u30A0-\\\\u30FF]+$"},
      "b": {"type": "boolean", "enum": [true, false]},
      "c": {"type": "number", "minimum": 0, "exclusiveMinimum": true}}}"""
    (schema,) = schemas(text.encode(), "s.json")
    kana, truth, above = schema.columns
    assert kana.pattern == r"^[\x{30A0}-\x{30FF}]+$"
    assert truth.allowed == ("true", "false")
    assert (above.minimum, above.beyond_minimum) == (0, True)
    web = """{"@context": "http://www.w3.org/ns/csvw", "tableSchema": {"columns": [
      {"titles": "番号", "datatype": {"base": "string", "format": "[A-Z][0-9]+", "length": 4}},
      {"titles": "点", "datatype": {"base": "decimal", "minInclusive": 1, "maxExclusive": 9}}]}}"""
    (schema,) = schemas(web.encode(), "w.json")
    number, points = schema.columns
    assert (number.pattern, number.length, number.shortest) == ("^(?:[A-Z][0-9]+)$", 4, 4)
    assert (points.minimum, points.maximum, points.beyond_maximum) == (1, 9, True)


def test_csv_on_the_web() -> None:
    text = """{"@context": "http://www.w3.org/ns/csvw", "url": "a.csv", "tableSchema": {"columns": [
      {"name": "id", "titles": "番号", "datatype": "integer", "required": true},
      {"name": "ward", "titles": {"ja": ["区"]}, "datatype": {"base": "string"}}]}}"""
    (schema,) = schemas(text.encode(), "a.csv-metadata.json")
    told = [(c.name, c.type_text, c.required) for c in schema.columns]
    assert told == [("番号", "integer", True), ("区", "string", False)]
