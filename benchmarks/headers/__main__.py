"""`python -m benchmarks.headers [FILE]`."""

from benchmarks.headers import main

main()
