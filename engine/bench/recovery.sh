#!/usr/bin/env bash
# How long a run takes to be back: a continuous run with kept state writes parts, is killed (kill -9), is started again,
# and the time counts from the start of that process until the first new part is visible. Prints least, median and most.
#   engine/bench/recovery.sh [ROUNDS] [TIMES]           5 10: five times, over ten times w1's bids (14 GB)
# An epoch ends a second after the first rows, so that second is part of it. Data and output lie in
# ${TMPDIR:-/tmp}/penstock-bench. Needs bash 5.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${TMPDIR:-/tmp}/penstock-bench
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
. "$here/bids.sh"
trap 'kill -9 $(jobs -p) 2>/dev/null || :' EXIT
rounds=${1:-5} times=${2:-10}
number ROUNDS "$rounds"
number TIMES "$times"
out=$work/recovery
build
bids_of "$times"
exec {never}<> <(:)

# Sets parts to how many are visible.
look() {
  local found=("$out"/parts/part-*)
  parts=${#found[@]}
  [ -e "${found[0]}" ] || parts=0
}

# Starts the run in the background and sets process and begun.
start() {
  begun=${EPOCHREALTIME/./}
  DATA=$data OUT=$out "$root/run-pipeline" "$here/epochs/parts.yaml" --mode continuous --quiet \
    --state "$out/state" >"$work/log-recovery" 2>&1 &
  process=$!
}

# until_more COUNT: waits until more parts are visible, and sets took to the milliseconds since the start.
until_more() {
  while :; do
    look
    [ "$parts" -gt "$1" ] && break
    if ! kill -0 "$process" 2>/dev/null; then
      cat "$work/log-recovery" >&2
      printf 'recovery.sh: the run ended before there were more than %d parts; take more TIMES\n' "$1" >&2
      exit 1
    fi
    read -r -t 0.005 -u "$never" || :
  done
  took=$(((${EPOCHREALTIME/./} - begun) / 1000))
}

die() {
  kill -9 "$process"
  wait "$process" 2>/dev/null || :
}

: >"$work/recovery.runs"
printf '%5s %6s %12s\n' round parts 'recovery s'
for round in $(seq "$rounds"); do
  rm -rf "$out"
  mkdir -p "$out"
  settle
  start
  until_more 2
  # Somewhere within an epoch, another place each time.
  read -r -t "0.$((round * 37 % 90 + 10))" -u "$never" || :
  die
  look
  before=$parts
  start
  until_more "$before"
  die
  printf '%d\n' "$took" >>"$work/recovery.runs"
  awk -v r="$round" -v p="$before" -v t="$took" 'BEGIN { printf "%5d %6d %12.2f\n", r, p, t / 1000 }'
done
rm -rf "$out"
sort -n "$work/recovery.runs" | awk '{ v[NR] = $1 / 1000 } END {
  printf "\nleast %.2f s, median %.2f s, most %.2f s\n", v[1], NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2, v[NR] }'
