"""`python -m tests.golden` says what differs; `--renew` keeps what the doors say now.

Names narrow it down: `python -m tests.golden --renew ward_platform/review rules`.
"""

import argparse
import json
import sys
from collections.abc import Sequence

from tests.golden.compare import differences, told, written
from tests.golden.inputs import GOLDEN, KEPT, at_hand, path, result


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description=__doc__)
    parser.add_argument("--renew", action="store_true", help="keep what the doors say now")
    parser.add_argument("names", nargs="*", metavar="INPUT/DOOR")
    args = parser.parse_args(argv)
    wrong = 0
    for of, door in GOLDEN:
        if args.names and not any(name in f"{of}/{door}" for name in args.names):
            continue
        if not at_hand(of):
            print(f"{of}/{door}: left as it is, its input is not beside the checkout")
            continue
        now, place = result(of, door), path(of, door)
        kept = json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}
        found = list(differences(kept, now))
        if found:
            print(f"{of}/{door}:\n{told(found)}")
            wrong += 1
        if found and args.renew:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(written(now), encoding="utf-8")
    if args.renew:
        for stray in set(KEPT.rglob("*.json")) - {path(of, door) for of, door in GOLDEN}:
            print(f"{stray.relative_to(KEPT)}: gone")
            stray.unlink()
    return int(wrong > 0 and not args.renew)


if __name__ == "__main__":
    sys.exit(main())
