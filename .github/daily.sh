#!/usr/bin/env bash
# One run of the daily workflow: fetch the papers of the last days, check that the site still
# builds, commit, push. Run it by hand as well: it is the same at any time and any number of times.
#
#   DATE=2025-09-23   fetch this day only (default: the last DAYS days, 3, as sources may be late)
#   TODAY=2025-09-23  take this for today
#   PYTHON=python3    the interpreter to use (python)
#
# A day without papers is no error. A source that fails is: the run then ends with 1, when all that
# the other days and sources had is published.
set -euo pipefail
cd "$(git rev-parse --show-toplevel)"

python=${PYTHON:-python}
branch=$(git branch --show-current)
today=${TODAY:-$("$python" -c 'import datetime; print(datetime.date.today())')}
idle_days=50 # GitHub stops a schedule after 60 days without a commit
export GIT_AUTHOR_NAME="github-actions[bot]" GIT_COMMITTER_NAME="github-actions[bot]"
export GIT_AUTHOR_EMAIL="41898282+github-actions[bot]@users.noreply.github.com"
export GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL

# The days to ask for, oldest first, one a line.
days() {
  if [ -n "${DATE:-}" ]; then
    echo "$DATE"
  else
    "$python" - "$today" "${DAYS:-3}" <<'PYTHON'
import datetime as dt
import sys

today, count = dt.date.fromisoformat(sys.argv[1]), int(sys.argv[2])
for back in range(count - 1, -1, -1):
    print(today - dt.timedelta(days=back))
PYTHON
  fi
}

# Fetch every day from every source; what one lacks is no reason to leave out the others.
fetch() {
  failed=0
  for day in $(days); do
    "$python" build.py fetch --content content --date "$day" || failed=1
  done
}

# Commit what is new, if the site builds with it; return 1 where nothing is.
commit() {
  git add content
  if git diff --cached --quiet; then
    return 1
  fi
  scratch=$(mktemp -d)
  "$python" build.py --quiet --no-search --content content --output "$scratch/site" || {
    echo "daily: the site does not build with what came; nothing was pushed" >&2
    exit 1
  }
  rm -rf "$scratch"
  new=$(git diff --cached --name-only content/digests | sed 's|.*/||; s|\.md$||' | paste -s -d ' ' -)
  git commit --quiet --message "Add the papers of ${new:-the last days}"
}

# An empty commit where nothing has been committed for so long that the schedule would stop.
stay_awake() {
  last=$(git log -1 --format=%cs)
  idle=$("$python" -c 'import datetime as dt, sys
print((dt.date.fromisoformat(sys.argv[1]) - dt.date.fromisoformat(sys.argv[2])).days)' "$today" "$last")
  if [ "$idle" -lt "$idle_days" ]; then
    return 1
  fi
  git commit --quiet --allow-empty --message "Keep the schedule: no papers for $idle days"
}

report() {
  echo "daily: $1" >&2
  if [ -n "${GITHUB_OUTPUT:-}" ]; then
    echo "changed=$2" >>"$GITHUB_OUTPUT"
  fi
}

# Where another run has pushed in between, ours is done again on top of it: what that one brought
# is known then, and no paper comes twice.
for attempt in 1 2 3 4 5; do
  fetch
  if commit; then
    changed=true
  elif stay_awake; then
    changed=false
  else
    report "nothing new" false
    exit "$failed"
  fi
  if git push --quiet origin "HEAD:$branch"; then
    report "pushed: $(git log -1 --format=%s)" "$changed"
    exit "$failed"
  fi
  echo "daily: another run was faster; once more ($attempt)" >&2
  git fetch --quiet origin "$branch"
  git reset --quiet --hard "origin/$branch"
done
echo "daily: could not push" >&2
exit 1
