#!/usr/bin/env bash
# Whole runs of the workloads, ours and DuckDB's in turn: rows/s, wall, CPU and peak memory of each run, then the best
# of each, the ratios, and whether both wrote the same rows.
#   engine/bench/run.sh [WORKLOADS] [RUNS] [SCALE]            default: all of them, 3, 1
#   engine/bench/run.sh --alone [WORKLOADS] [RUNS] [SCALE]    ours only; nothing is fetched
#   engine/bench/run.sh --growth [WORKLOADS] [RUNS] [SCALE]   ours at a tenth of the scale, at it and at ten times it: the
#                                                             CPU time of a row, which must not grow by more than a tenth
# A workload is pipelines/NAME.yaml, duckdb/NAME.sql and duckdb/NAME-check.sql. Scale 1 is 5 million bids (1.4 GB) and 50
# million temperatures (0.7 GB). Data and output lie in ${TMPDIR:-/tmp}/penstock-bench. Needs bash 5.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${TMPDIR:-/tmp}/penstock-bench
files=8
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
. "$here/measure.sh"
trap 'kill $(jobs -p) 2>/dev/null || :' EXIT

fail() {
  printf 'run.sh: %s\n' "$1" >&2
  exit 1
}

mode=beside
case ${1:-} in
  --alone | --growth)
    mode=${1#--}
    shift
    ;;
  -*) fail "there are the options --alone and --growth, not $1" ;;
esac
known=$(cd "$here/pipelines" && printf '%s\n' *.yaml | sed 's/\.yaml$//' | paste -sd ,)
works=${1:-$known} runs=${2:-3} scale=${3:-1}
for name in ${works//,/ }; do
  [ -f "$here/pipelines/$name.yaml" ] || fail "the workloads are $known, not $name"
done
[[ $runs =~ ^[1-9][0-9]*$ ]] || fail "RUNS must be a number of runs such as 3, not $runs"
[[ $scale =~ ^([0-9]+|[0-9]*\.[0-9]+)$ ]] || fail "SCALE must be a number such as 0.1, not $scale"

# Builds what is older than its sources, and says what is measured.
build() {
  "$root/run-pipeline" --version >"$work/version"
  local built=$here/target/run-$mode.built profile=
  [ "$mode" = beside ] && profile=-Pbenchmark
  if [ ! -f "$built" ] || [ -n "$(find "$here/src/main" "$here/pom.xml" "$root/pom.xml" -newer "$built" -print -quit)" ]; then
    mvn -B -q -Dquick $profile -f "$root/pom.xml" -pl engine/bench -am process-classes </dev/null >"$work/build.log" 2>&1 || {
      cat "$work/build.log" >&2
      fail 'the build did not succeed; what Maven said stands above'
    }
    touch "$built"
  fi
  printf 'measured: %s\n' "$(paste -sd ' ' "$work/version")"
  if [ "$mode" = beside ]; then
    "$java" -version 2>"$work/version"
    printf 'beside:   %s %s\n' "$(cd "$here/target/peers" && ls)" "$(head -n 1 "$work/version")"
  fi
}

# data_of SCALE: sets data, bids and temperatures.
data_of() {
  data=$work/data-$1
  bids=$(awk "BEGIN { printf \"%d\", 5000000 * $1 }")
  temperatures=$(awk "BEGIN { printf \"%d\", 50000000 * $1 }")
  [ "$bids" -ge "$files" ] || fail "scale $1 is too small: there are $bids bids"
}

# generate KIND ROWS FILES FOLDER PATTERN: makes a set of data, if it is not there yet.
generate() {
  [ -f "$data/$1.complete" ] && return
  printf 'making %s %s in %s\n' "$2" "$1" "$data" >&2
  rm -rf "$4"
  mkdir -p "$4"
  "$java" -XX:+UseSerialGC -cp "$here/target/classes" io.penstock.bench.Generate "$1" "$2" "$3" "$4/$5"
  touch "$data/$1.complete"
}

# inputs_of WORKLOAD: makes its data, reads it into the page cache and sets rows to how many it has.
inputs_of() {
  case $1 in
    w2)
      rows=$temperatures
      generate temperatures "$temperatures" "$files" "$data/temps" 'part%d.csv'
      cat "$data"/temps/* >/dev/null
      ;;
    *)
      rows=$bids
      generate bids "$bids" "$files" "$data/bids" 'part%d.jsonl'
      generate auctions_table 100000 1 "$data/tables" auctions.csv
      cat "$data"/bids/* >/dev/null
      ;;
  esac
}

# DuckDB in a virtual machine of its own, which needs little: all work is done outside Java.
duckdb=("$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$here/target/classes:$here/target/peers/*" io.penstock.bench.DuckDb)

# run_once WORKLOAD ENGINE: one run, measured; its output replaces that of the run before.
run_once() {
  local out=$work/out/$1-$2 log=$work/log-$1-$2
  rm -rf "$out"
  mkdir -p "$out"
  case $2 in
    penstock) DATA=$data OUT=$out measure "$log" "$root/run-pipeline" "$here/pipelines/$1.yaml" --quiet ;;
    duckdb) measure "$log" "${duckdb[@]}" "$here/duckdb/$1.sql" "DATA=$data" "OUT=$out" ;;
  esac || {
    cat "$log" >&2
    fail "$1 by $2 did not succeed; what it said stands above"
  }
}

# keep KEY: keeps the smallest wall and CPU and the largest peak of the runs under this key.
declare -A least_wall=() least_cpu=() most_peak=()
keep() {
  local w=${least_wall[$1]:-$wall} c=${least_cpu[$1]:-$cpu} p=${most_peak[$1]:-$peak}
  least_wall[$1]=$((wall < w ? wall : w))
  least_cpu[$1]=$((cpu < c ? cpu : c))
  most_peak[$1]=$((peak > p ? peak : p))
}

# Runs each workload by each engine in turn.
run_all() {
  local run engine
  data_of "$scale"
  printf '%-5s %-9s %4s %10s %10s %8s %8s %8s\n' work engine run rows rows/s 'wall s' 'CPU s' 'peak MB'
  for name in ${works//,/ }; do
    inputs_of "$name"
    for run in $(seq "$runs"); do
      for engine in "$@"; do
        run_once "$name" "$engine"
        keep "$name-$engine"
        awk -v n="$name" -v e="$engine" -v r="$run" -v rows="$rows" -v w="$wall" -v c="$cpu" -v p="$peak" \
          'BEGIN { printf "%-5s %-9s %4d %10d %10d %8.2f %8.2f %8d\n", n, e, r, rows, rows * 1000 / w, w / 1000, c / 1000, p / 1024 }'
      done
    done
  done
}

# Prints the best of each, the ratios, and what each wrote; fails where the rows differ.
compare() {
  local engine different= found
  local -A written=()
  printf '\n%-5s %-9s %8s %8s %8s %10s  %s\n' work engine 'wall s' 'CPU s' 'peak MB' 'rows out' hash
  for name in ${works//,/ }; do
    for engine in penstock duckdb; do
      found=$("${duckdb[@]}" "$here/duckdb/$name-check.sql" "OUT=$work/out/$name-$engine")
      written[$engine]=$found
      awk -v n="$name" -v e="$engine" -v w="${least_wall[$name-$engine]}" -v c="${least_cpu[$name-$engine]}" \
        -v p="${most_peak[$name-$engine]}" -v out="${found% *}" -v hash="${found#* }" \
        'BEGIN { printf "%-5s %-9s %8.2f %8.2f %8d %10d  %s\n", n, e, w / 1000, c / 1000, p / 1024, out, hash }'
    done
    found='the same rows'
    if [ "${written[penstock]}" != "${written[duckdb]}" ]; then
      found='ROWS DIFFER'
      different+=" $name"
    fi
    awk -v w="${least_wall[$name-penstock]}" -v wd="${least_wall[$name-duckdb]}" -v c="${least_cpu[$name-penstock]}" \
      -v cd="${least_cpu[$name-duckdb]}" -v p="${most_peak[$name-penstock]}" -v pd="${most_peak[$name-duckdb]}" \
      -v found="$found" 'BEGIN { printf "%-5s %-9s %8.2f %8.2f %8s %10s  %s\n", "", "ratio", w / wd, c / cd, pd ? sprintf("%.2f", p / pd) : "-", "", found }'
  done
  [ -z "$different" ] || fail "the outputs in $work/out differ:$different"
}

# Runs ours at three sizes, and fails where a row costs more than a tenth more of CPU time than at the size before. What
# the start costs is part of that; the last column has it not: what each row costs that the size before did not have.
growth() {
  local size run before rows_before cpu_before ns grown=
  printf '%-5s %8s %12s %8s %8s %9s %8s %12s\n' work scale rows 'wall s' 'CPU s' ns/row growth ns/more_row
  for name in ${works//,/ }; do
    before=0 rows_before=0 cpu_before=0
    for size in $(awk "BEGIN { print $scale / 10, $scale, $scale * 10 }"); do
      data_of "$size"
      inputs_of "$name"
      for run in $(seq "$runs"); do
        run_once "$name" penstock
        keep "$name-$size"
      done
      cpu=${least_cpu[$name-$size]}
      ns=$(awk -v c="$cpu" -v r="$rows" 'BEGIN { printf "%.1f", c * 1000000 / r }')
      awk -v n="$name" -v s="$size" -v r="$rows" -v w="${least_wall[$name-$size]}" -v c="$cpu" -v ns="$ns" \
        -v b="$before" -v rb="$rows_before" -v cb="$cpu_before" 'BEGIN {
          printf "%-5s %8s %12d %8.2f %8.2f %9.1f", n, s, r, w / 1000, c / 1000, ns
          if (rb) printf " %8.2f %12.1f", ns / b, (c - cb) * 1000000 / (r - rb)
          print "" }'
      if [ "$rows_before" -gt 0 ] && awk "BEGIN { exit !($ns > 1.1 * $before) }"; then
        grown+=" $name at $size"
      fi
      rows_before=$rows cpu_before=$cpu
      before=$ns
    done
  done
  [ -z "$grown" ] || fail "a row costs more than a tenth more where there are more:$grown"
}

mkdir -p "$work"
build
case $mode in
  beside)
    run_all penstock duckdb
    compare
    ;;
  alone) run_all penstock ;;
  growth) growth ;;
esac
