#!/usr/bin/env bash
# Runs the benchmark workloads as whole processes and prints rows/s, wall, CPU and peak memory of each run.
#   engine/bench/run.sh [WORKLOADS] [RUNS] [SCALE]     default: w1,w2,w4  3  1
# SCALE 1 is 5 million bids and 50 million temperatures. Data and output lie in ${TMPDIR:-/tmp}/penstock-bench.
# Wants GNU time (package `time`) for the peak memory.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
works=${1:-w1,w2,w4} runs=${2:-3} scale=${3:-1}
work=${TMPDIR:-/tmp}/penstock-bench
export DATA=$work/data-$scale OUT=$work/out
bids=$(awk "BEGIN { printf \"%d\", 5000000 * $scale }")
temperatures=$(awk "BEGIN { printf \"%d\", 50000000 * $scale }")

"$root/run-pipeline" --version > /dev/null
classes=$here/target/classes
[ -d "$classes" ] || (cd "$root" && mvn -B -q -Dquick -pl engine/bench compile)
generate() { "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$classes" io.penstock.bench.Generate "$@"; }
if [ ! -f "$DATA/complete" ]; then
  echo "making data in $DATA" >&2
  generate bids "$bids" 8 "$DATA/bids/part%d.jsonl"
  generate temperatures "$temperatures" 8 "$DATA/temps/part%d.csv"
  generate auctions_table 100000 1 "$DATA/auctions.csv"
  touch "$DATA/complete"
fi

printf '%-4s %5s %10s %10s %8s %8s %8s\n' work run rows rows/s 'wall s' 'CPU s' 'peak MB'
for name in ${works//,/ }; do
  case $name in w2) rows=$temperatures folder=temps ;; *) rows=$bids folder=bids ;; esac
  cat "$DATA/$folder"/* > /dev/null
  for run in $(seq "$runs"); do
    rm -rf "$OUT"; mkdir -p "$OUT"
    /usr/bin/time -f '%e %U %S %M' -o "$work/time" "$root/run-pipeline" "$here/pipelines/$name.yaml" --quiet
    read -r wall user system peak < <(tail -n 1 "$work/time")
    awk -v n="$name" -v r="$run" -v rows="$rows" -v w="$wall" -v u="$user" -v s="$system" -v p="$peak" \
      'BEGIN { printf "%-4s %5d %10d %10d %8.2f %8.2f %8d\n", n, r, rows, rows / w, w, u + s, p / 1024 }'
  done
done
