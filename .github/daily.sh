#!/usr/bin/env bash
# One run of the daily workflow: fetch what is new, check that the site still builds with it, commit,
# push. Run it by hand as well: it is the same at any time and any number of times.
#
#   DATE=2025-09-23   fetch this day only (default: the last DAYS days, 3, as sources may be late)
#   TODAY=2025-09-23  take this for today
#   PYTHON=python3    the interpreter to use (python)
#
# All of it happens in a scratch worktree of what the remote has: the files and commits that are here
# are not touched, but for a fast-forward at the end. A day without papers is no error. A source that
# fails is: the run then ends with 1, when all that the other days and sources had is published.
set -euo pipefail
cd "$(git rev-parse --show-toplevel)"

python=${PYTHON:-python}
branch=$(git branch --show-current)
today=${TODAY:-$("$python" -c 'import datetime; print(datetime.date.today())')}
idle_days=50 # GitHub stops a schedule after 60 days without a commit
export GIT_AUTHOR_NAME="github-actions[bot]" GIT_COMMITTER_NAME="github-actions[bot]"
export GIT_AUTHOR_EMAIL="41898282+github-actions[bot]@users.noreply.github.com"
export GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL

refuse() {
  echo "daily: $1" >&2
  exit 1
}

if [ -z "$branch" ]; then
  refuse "no branch is checked out; nothing was done"
fi
changes=$(git status --porcelain)
if [ -n "$changes" ]; then
  echo "$changes" | head -n 10 >&2
  refuse "there are changes that are not committed; commit or stash them first; nothing was done"
fi

scratch=$(mktemp -d)
tree=$scratch/tree
leave() {
  git worktree remove --force "$tree" 2>/dev/null || true
  rm -rf "$scratch"
  git worktree prune
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Make the scratch worktree what the remote has now.
begin() {
  git worktree remove --force "$tree" 2>/dev/null || true
  git fetch --quiet origin "$branch" || refuse "the remote cannot be asked; nothing was done"
  git worktree add --quiet --detach "$tree" FETCH_HEAD
}

# Fetch every day from every source; what one lacks is no reason to leave out the others.
fetch() {
  if [ -n "${DATE:-}" ]; then
    set -- --date "$DATE"
  else
    set -- --date "$today" --days "${DAYS:-3}"
  fi
  failed=0
  "$python" build.py fetch --content "$tree/content" "$@" || failed=1
}

# Commit what is new, if the site builds with it; return 1 where nothing is.
commit() {
  git -C "$tree" add content || refuse "what came could not be added"
  if git -C "$tree" diff --cached --quiet; then
    return 1
  fi
  # As the next clone will find it: without what this run remembers.
  rm -rf "$tree/.gazette"
  "$python" build.py --quiet --no-search --content "$tree/content" --output "$scratch/site" ||
    refuse "the site does not build with what came; nothing was pushed"
  new=$(git -C "$tree" diff --cached --name-only content/digests |
    sed 's|.*/||; s|\.md$||' | paste -s -d ' ' -)
  git -C "$tree" commit --quiet --message "Add the papers of ${new:-the last days}" ||
    refuse "what came could not be committed"
}

# An empty commit where nothing has been committed for so long that the schedule would stop.
stay_awake() {
  last=$(git -C "$tree" log -1 --format=%cs)
  idle=$("$python" -c 'import datetime as dt, sys
print((dt.date.fromisoformat(sys.argv[1]) - dt.date.fromisoformat(sys.argv[2])).days)' "$today" "$last")
  if [ "$idle" -lt "$idle_days" ]; then
    return 1
  fi
  git -C "$tree" commit --quiet --allow-empty --message "Keep the schedule: no papers for $idle days" ||
    refuse "nothing could be committed"
}

report() {
  echo "daily: $1" >&2
  if [ -n "${GITHUB_OUTPUT:-}" ]; then
    echo "changed=$2" >>"$GITHUB_OUTPUT"
  fi
}

# Where somebody has pushed in between, all is done again on top of that: what it brought is known
# then, and no paper comes twice.
for attempt in 1 2 3 4 5; do
  begin
  fetch
  if commit; then
    changed=true
  elif stay_awake; then
    changed=false
  else
    report "nothing new" false
    exit "$failed"
  fi
  if git -C "$tree" push --quiet origin "HEAD:refs/heads/$branch"; then
    report "pushed: $(git -C "$tree" log -1 --format=%s)" "$changed"
    git merge --quiet --ff-only "$(git -C "$tree" rev-parse HEAD)" ||
      echo "daily: the commits here are others than the remote's: git pull brings the two together" >&2
    exit "$failed"
  fi
  echo "daily: somebody pushed in between; once more ($attempt)" >&2
done
refuse "could not push"
