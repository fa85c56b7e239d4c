"""All benchmarks, one after another: `python -m benchmarks`."""

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Run each script of this folder in a process of its own; 1 where one failed."""
    folder = Path(__file__).parent
    failed = 0
    for script in sorted(folder.glob("[a-z]*.py")):
        print(f"\n== {script.stem}", flush=True)
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{script.stem}"], check=False)
        failed += done.returncode != 0
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
