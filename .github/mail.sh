#!/usr/bin/env bash
# Sends the newest digest to those who get it by mail, each once, however often it runs.
#
#   SMTP_HOST=...           the server, and what else README.md names
#   GAZETTE_RECIPIENTS=...  who gets it
#   PAUSE=900               seconds before those are tried again whose servers want it later
#   PYTHON=python3          the interpreter to use (python)
#
# It ends with 3 where somebody is still to get it after that.
set -uo pipefail
cd "$(git rev-parse --show-toplevel)"

python=${PYTHON:-python}
later=3
"$python" build.py email --send
code=$?
if [ "$code" -eq "$later" ]; then
  echo "mail: once more in ${PAUSE:-900} s, as some servers take a stranger's mail only then" >&2
  sleep "${PAUSE:-900}"
  "$python" build.py email --send
  code=$?
fi
exit "$code"
