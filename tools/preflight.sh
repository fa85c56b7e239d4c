#!/bin/sh
# Says in plain words what a fresh machine lacks, before pip fails in long ones.
python=$1
fail() { printf '%s\n' "$@" >&2; exit 1; }

[ -n "$python" ] || fail \
  'Mekiki needs Python 3.11 or 3.12 (3.13 cannot load the rules engine).' \
  '  Debian/Ubuntu: apt-get install python3 python3-dev python3-venv' \
  'Python 3.11 または 3.12 を入れてから、もう一度実行してください。'
"$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' || fail \
  "Mekiki needs Python 3.11 or 3.12; $python is $("$python" -V 2>&1)." \
  '  make run PYTHON=python3.12' \
  'Python 3.11 または 3.12 を指定してください。'
"$python" -c 'import ensurepip, venv' 2>/dev/null || fail \
  'This Python cannot make virtual environments.' \
  '  Debian/Ubuntu: apt-get install python3-venv' \
  'python3-venv を入れてから、もう一度実行してください。'
[ -f "$("$python" -c 'import sysconfig; print(sysconfig.get_path("include"))')/Python.h" ] || fail \
  'The Python headers are missing (the rules engine is compiled on this machine).' \
  '  Debian/Ubuntu: apt-get install python3-dev' \
  'python3-dev を入れてから、もう一度実行してください。'
command -v gcc >/dev/null 2>&1 || command -v cc >/dev/null 2>&1 || fail \
  'A C compiler is missing (the rules engine is compiled on this machine).' \
  '  Debian/Ubuntu: apt-get install gcc' \
  'gcc を入れてから、もう一度実行してください。'
