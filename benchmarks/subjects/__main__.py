"""The command behind `python -m benchmarks.subjects`."""

import sys

from benchmarks.subjects import main

main(sys.argv[1:])
