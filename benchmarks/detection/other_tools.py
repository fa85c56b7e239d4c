"""Presidio and DataProfiler over a table given as JSON on stdin; JSON of what they see on stdout.

Run by another Python in which these are installed (they want other versions than ours); imports
nothing of ours. Input: {"columns": {name: [text]}, "memos": [text]}. Output: per tool, the
leading label per column and the labels per memo (null where the tool does not read sentences).
"""

import json
import sys
import time
from collections import Counter
from typing import Any

_SAMPLE = 30
_GINZA = {
    "Person": "PERSON", "City": "LOCATION", "Province": "LOCATION", "Country": "LOCATION",
    "County": "LOCATION", "GPE_Other": "LOCATION", "Domestic_Region": "LOCATION",
    "Postal_Address": "LOCATION", "Address_Other": "LOCATION", "Phone_Number": "PHONE_NUMBER",
    "Email": "EMAIL_ADDRESS", "Date": "DATE_TIME", "Nationality": "NRP",
}  # fmt: skip
"""ja-ginza's labels in Presidio's words; without this Presidio drops them all."""


def presidio(given: dict[str, Any], model: str) -> dict[str, Any]:
    """Presidio with a Japanese spaCy model: a column takes the label of most of its values."""
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    engine = NlpEngineProvider(
        nlp_configuration={
            "nlp_engine_name": "spacy",
            "models": [{"lang_code": "ja", "model_name": model}],
            "ner_model_configuration": {
                "model_to_presidio_entity_mapping": _GINZA,
                "low_confidence_score_multiplier": 0.4,
                "low_score_entity_names": [],
                "labels_to_ignore": [],
            },
        }
    ).create_engine()
    registry = RecognizerRegistry(supported_languages=["ja"])
    registry.load_predefined_recognizers(languages=["ja"], nlp_engine=engine)
    analyzer = AnalyzerEngine(registry, engine, supported_languages=["ja"])

    def labels(text: str) -> set[str]:
        return {found.entity_type for found in analyzer.analyze(text, "ja")}

    columns = {}
    for name, texts in given["columns"].items():
        seen = Counter(label for text in texts[:_SAMPLE] for label in labels(text))
        label, times = seen.most_common(1)[0] if seen else ("", 0)
        columns[name] = label if times >= _SAMPLE / 2 else ""
    return {"columns": columns, "memos": [sorted(labels(text)) for text in given["memos"]]}


def dataprofiler(given: dict[str, Any]) -> dict[str, Any]:
    """DataProfiler with its data labels, over the columns only."""
    import dataprofiler
    import pandas

    profile = dataprofiler.Profiler(pandas.DataFrame(given["columns"]))
    stats = profile.report({"output_format": "serializable"})["data_stats"]
    named = {str(s["column_name"]): str(s.get("data_label") or "") for s in stats}
    return {"columns": named, "memos": None}


def main() -> None:
    """Run each tool that is installed; say of the others why not."""
    given = json.load(sys.stdin)
    out: dict[str, Any] = {}
    tools = {
        "Presidio + ja-ginza": lambda: presidio(given, "ja_ginza"),
        "DataProfiler": lambda: dataprofiler(given),
    }
    for name, run in tools.items():
        start = time.perf_counter()
        try:
            out[name] = {**run(), "seconds": round(time.perf_counter() - start, 1)}
        except Exception as error:
            out[name] = {"missing": f"{type(error).__name__}: {error}"[:200]}
    sys.stdout.write("\n" + json.dumps(out) + "\n")


if __name__ == "__main__":
    main()
