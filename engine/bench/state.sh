#!/usr/bin/env bash
# Steps that hold more than memory does: whole runs in a small heap, each compared with what must come out.
#   engine/bench/state.sh [WORKLOADS] [KEYS] [HEAP]     default: all 10000000 512m
# int, string: count and sum by a key that each of KEYS rows has, twice over; sort: KEYS rows; distinct: by a text, as many
# rows as int; session: as int, each group a session, all of them open until the end; join: KEYS rows with KEYS others, one
# with one. Prints wall, CPU and peak memory; fails where an output is not the expected one, byte for byte. Data and output
# lie in ${TMPDIR:-/tmp}/penstock-bench, what is spilled in ${TMPDIR:-/tmp}. Needs bash 5 and a KEYS that 7919 does not
# divide.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${TMPDIR:-/tmp}/penstock-bench
. "$here/measure.sh"

works=${1:-int,string,sort,distinct,session,join,over,gaps,latest,changes} keys=${2:-10000000} heap=${3:-512m}
out=$work/state
mkdir -p "$out"

# expected WORKLOAD: prints what must come out. Row n has the key n * 7919 modulo KEYS, so row n is the first of its key.
expected() {
  awk -v work="$1" -v keys="$keys" 'BEGIN {
    OFMT = CONVFMT = "%d"
    if (work == "sort" || work == "join") {
      # The row of key k: k times the inverse of 7919.
      for (inverse = 1; inverse * 7919 % keys != 1; inverse++) {}
      n = 0
      for (k = 0; k < keys; k++) {
        printf "%d,%d,row-%d\n", k, n, work == "sort" ? n : k
        n += inverse
        if (n >= keys) n -= keys
      }
      exit
    }
    if (work == "changes") {
      printf "%d,%d,%.0f\n", keys, 2 * keys, keys * (2 * keys - 1)
      exit
    }
    if (work == "over" || work == "gaps" || work == "latest") {
      k = 0
      for (n = 0; n < 2 * keys; n++) {
        second = n >= keys
        if (work == "over") printf "%d,%d,%d\n", k, 1 + second, second ? 2 * n - keys : n
        if (work == "gaps" && second) printf "%d,%d\n", k, n - keys
        if (work == "gaps" || work == "latest" && second) printf "%d,%d\n", k, n
        k = (k + 7919) % keys
      }
      exit
    }
    k = 0
    for (n = 0; n < keys; n++) {
      if (work == "int" || work == "session") printf "%d,2,%d\n", k, 2 * n + keys
      else if (work == "string") printf "user-%d,2,%d\n", k, 2 * n + keys
      else printf "%d,row-%d\n", k, k
      k = (k + 7919) % keys
    }
  }'
}

"$root/run-pipeline" --version
printf '%-9s %10s %6s %8s %8s %8s\n' work keys heap 'wall s' 'CPU s' 'peak MB'
for name in ${works//,/ }; do
  rm -f "$out/out.csv"
  KEYS=$keys ROWS=$((2 * keys)) EVERY=$((keys / 2 + 1))ms OUT=$out JAVA_OPTS="-Xmx$heap ${STATE_OPTS:-}" \
    measure "$out/log" "$root/run-pipeline" "$here/state/$name.yaml" --quiet || {
    cat "$out/log" >&2
    printf 'state.sh: %s did not succeed\n' "$name" >&2
    exit 1
  }
  awk -v n="$name" -v k="$keys" -v h="$heap" -v w="$wall" -v c="$cpu" -v p="$peak" \
    'BEGIN { printf "%-9s %10d %6s %8.2f %8.2f %8d\n", n, k, h, w / 1000, c / 1000, p / 1024 }'
  cmp <(expected "$name") "$out/out.csv" || {
    printf 'state.sh: %s is wrong: see %s\n' "$name" "$out/out.csv" >&2
    exit 1
  }
done
