"""`python -m benchmarks.office_memos [FILE …]`."""

from benchmarks.office_memos import main

main()
