#!/usr/bin/env bash
# How many times as long the compiled benchmark expression takes as the loop written by hand, the two taking turns.
#   engine/bench/pairs.sh [RUNS] [ROWS] [TYPES]
#   engine/bench/pairs.sh 3 "1 4096" "INT DOUBLE"            what it does by itself: 12 runs of some two seconds
# One line for each run, which is a virtual machine of its own. JAVA_HOME says of which Java.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
read -ra rows <<<"${2:-1 4096}"
read -ra types <<<"${3:-INT DOUBLE}"
# Builds, and leaves the class path behind.
"$here/jmh.sh" -l >/dev/null
path="$here/target/test-classes:$here/target/classes:$(<"$here/target/jmh.classpath")"
for count in "${rows[@]}"; do
  for type in "${types[@]}"; do
    for ((run = 0; run < ${1:-3}; run++)); do
      "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -Xms1g -Xmx1g -cp "$path" io.penstock.bench.Pairs "$count" "$type"
    done
  done
done
