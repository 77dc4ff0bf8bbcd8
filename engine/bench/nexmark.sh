#!/usr/bin/env bash
# The NexMark queries of pipelines/nexmark, each with a sink that throws its rows away: events/s of the whole process,
# wall, CPU and peak memory of each run, rows out, then the best of each. One that fails is said so, and the others go on.
# Queries that join all events (q4, q6, q9, q20) put what does not fit into memory into ${TMPDIR:-/tmp}.
#   engine/bench/nexmark.sh [QUERIES] [EVENTS] [ROUNDS]       default: all of them, 10000000, 1
# QUERIES is a list such as q0,q5. A query is pipelines/nexmark/QUERY.yaml; of it, only the sink is another one here. Work
# lies in ${TMPDIR:-/tmp}/penstock-bench. Needs bash 5.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
queries=$root/pipelines/nexmark
work=${TMPDIR:-/tmp}/penstock-bench
. "$here/measure.sh"
trap 'kill $(jobs -p) 2>/dev/null || :' EXIT

fail() {
  printf 'nexmark.sh: %s\n' "$1" >&2
  exit 1
}

case ${1:-} in
  -*) fail "there are no options, such as $1" ;;
esac
known=$(cd "$queries" && printf '%s\n' q*.yaml | grep -v '\.test\.yaml$' | sed 's/\.yaml$//' | sort -V | paste -sd ,)
names=${1:-$known} events=${2:-10000000} rounds=${3:-1}
for name in ${names//,/ }; do
  [ -f "$queries/$name.yaml" ] || fail "the queries are $known, not $name"
done
[[ $events =~ ^[1-9][0-9]*$ ]] || fail "EVENTS must be a number of events such as 1000000, not $events"
[[ $rounds =~ ^[1-9][0-9]*$ ]] || fail "ROUNDS must be a number of runs such as 3, not $rounds"

# discarding QUERY: writes it into the work folder with `discard` in place of what its sinks are.
discarding() {
  awk '
    /^[a-z]/ { sinks = /^sinks:/ }
    sinks && /^    [a-z_]+:/ && !/^    from:/ { print "    discard: {}"; inside = 1; next }
    /^ ? ? ? ?[^ ]/ || /^$/ { inside = 0 }
    !inside { print }
  ' "$queries/$1.yaml" >"$work/nexmark/$1.yaml"
  grep -q discard "$work/nexmark/$1.yaml" || fail "$1 has no sink"
}

# keep NAME: keeps the smallest wall and CPU and the largest peak of the runs under this name.
declare -A least_wall=() least_cpu=() most_peak=() rows_out=()
keep() {
  local w=${least_wall[$1]:-$wall} c=${least_cpu[$1]:-$cpu} p=${most_peak[$1]:-$peak}
  least_wall[$1]=$((wall < w ? wall : w))
  least_cpu[$1]=$((cpu < c ? cpu : c))
  most_peak[$1]=$((peak > p ? peak : p))
}

# row NAME RUN WALL CPU PEAK ROWS: one line of the table.
row() {
  awk -v n="$1" -v r="$2" -v e="$events" -v w="$3" -v c="$4" -v p="$5" -v out="$6" \
    'BEGIN { printf "%-6s %5s %10d %11d %8.2f %8.2f %11d %8d\n", n, r, e, e * 1000 / w, w / 1000, c / 1000, out, p / 1024 }'
}

mkdir -p "$work/nexmark"
cp "$queries"/*.csv "$work/nexmark/"
"$root/run-pipeline" --version >"$work/version"
printf 'measured: %s\n' "$(paste -sd ' ' "$work/version")"
printf '%-6s %5s %10s %11s %8s %8s %11s %8s\n' query run events events/s 'wall s' 'CPU s' 'rows out' 'peak MB'
failed=
for name in ${names//,/ }; do
  discarding "$name"
  for run in $(seq "$rounds"); do
    log=$work/nexmark/$name.log
    measure "$log" "$root/run-pipeline" "$work/nexmark/$name.yaml" --param "events=$events" || {
      printf '%-6s %5s %10d  did not succeed: %s\n' "$name" "$run" "$events" "$(grep -m 1 -E '[DER][0-9]{3}|Error' "$log")"
      failed+=" $name"
      break
    }
    rows_out[$name]=$(awk '$2 == "sink" { gsub(",", "", $3); sum += $3 } END { print sum + 0 }' "$log")
    keep "$name"
    row "$name" "$run" "$wall" "$cpu" "$peak" "${rows_out[$name]}"
  done
done
if [ "$rounds" -gt 1 ]; then
  for name in ${names//,/ }; do
    [ -n "${least_wall[$name]:-}" ] || continue
    row "$name" best "${least_wall[$name]}" "${least_cpu[$name]}" "${most_peak[$name]}" "${rows_out[$name]}"
  done
fi
[ -z "$failed" ] || fail "these did not succeed, their logs are in $work/nexmark:$failed"
