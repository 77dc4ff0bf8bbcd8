#!/usr/bin/env bash
# What continuous epochs cost: the work of w1, written as parts, with kept state and an epoch a second, and the same
# without kept state, in turn. Prints wall and CPU of each run, then best and median of both and the loss in per cent;
# fails where the rows differ, whatever their order.
#   engine/bench/epochs.sh [TIMES] [ROUNDS]             10 3: ten times w1's bids (14 GB), three runs of each
# The disk is idle at the start of each run. Data and output lie in ${TMPDIR:-/tmp}/penstock-bench. Needs bash 5.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${TMPDIR:-/tmp}/penstock-bench
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
. "$here/measure.sh"
. "$here/bids.sh"
trap 'kill $(jobs -p) 2>/dev/null || :' EXIT
times=${1:-10} rounds=${2:-3}
number TIMES "$times"
number ROUNDS "$rounds"
out=$work/epochs
build
bids_of "$times"

# run_once WAY: one run with kept state (`kept`) or without (`free`), and what it wrote.
run_once() {
  local state=(--no-state) found
  [ "$1" = kept ] && state=(--state "$out/state")
  rm -rf "$out"
  mkdir -p "$out"
  settle
  DATA=$data OUT=$out measure "$work/log-epochs-$1" \
    "$root/run-pipeline" "$here/epochs/parts.yaml" --mode continuous --quiet "${state[@]}" || {
    cat "$work/log-epochs-$1" >&2
    printf 'epochs.sh: the run did not succeed; what it said stands above\n' >&2
    exit 1
  }
  printf '%s %d %d\n' "$1" "$wall" "$cpu" >>"$work/epochs.runs"
  found=$("$java" -XX:+UseSerialGC -cp "$here/target/classes" io.penstock.bench.Written "$out/parts")
  awk -v way="$1" -v r="$round" -v w="$wall" -v c="$cpu" -v p="$peak" -v found="$found" 'BEGIN {
    split(found, f, " ")
    printf "%-5s %5d %8.2f %8.2f %8d %6d %10d  %s\n", way, r, w / 1000, c / 1000, p / 1024, f[1], f[2], f[3] }'
  if [ "${found#* }" != "${expected:=${found#* }}" ]; then
    printf 'epochs.sh: the rows differ from those of the first run\n' >&2
    exit 1
  fi
}

: >"$work/epochs.runs"
expected=
printf '%-5s %5s %8s %8s %8s %6s %10s  %s\n' state round 'wall s' 'CPU s' 'peak MB' parts rows hash
for round in $(seq "$rounds"); do
  # Who begins changes, so that what the machine does meanwhile meets both.
  ways=(free kept)
  ((round % 2)) || ways=(kept free)
  for way in "${ways[@]}"; do
    run_once "$way"
  done
done
rm -rf "$out"

# spread WAY COLUMN: least and median.
spread() {
  awk -v way="$1" -v c="$2" '$1 == way { print $c }' "$work/epochs.runs" | sort -n |
    awk '{ v[NR] = $1 } END { printf "%d %d", v[1], NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}
printf '\n%-5s %10s %10s %10s %10s\n' state 'best wall' 'median' 'best CPU' 'median'
awk -v f="$(spread free 2) $(spread free 3)" -v k="$(spread kept 2) $(spread kept 3)" 'BEGIN {
  split(f, free, " ")
  split(k, kept, " ")
  printf "%-5s %10.2f %10.2f %10.2f %10.2f\n", "free", free[1] / 1000, free[2] / 1000, free[3] / 1000, free[4] / 1000
  printf "%-5s %10.2f %10.2f %10.2f %10.2f\n", "kept", kept[1] / 1000, kept[2] / 1000, kept[3] / 1000, kept[4] / 1000
  printf "%-5s", "loss"
  for (i = 1; i <= 4; i++) printf " %9.1f%%", 100 * (kept[i] / free[i] - 1)
  print "" }'
