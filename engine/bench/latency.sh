#!/usr/bin/env bash
# Starts a broker and measures how long a bid takes from one topic through an application to a reader of what is decided in another
# one, at a steady rate (w5: filter, three derived fields); applications take turns, each with 20 s to warm up.
#   engine/bench/latency.sh [RATE] [SECONDS] [ROUNDS] [APPLICATIONS...]    10000 20 1 plain least once:100ms once:20ms
# plain: a consumer and a producer by hand; least, once:CHECKPOINT: engine/bench/kafka/w5.yaml, at least once or exactly once.
# LATENCY_FOLDER is where broker and runs lie; engine/bench/target/latency where it is not set.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
log=$root/engine/bench/target/latency-build.log
mkdir -p "$root/engine/bench/target"
if ! mvn -B -q -Dquick -DskipTests -f "$root/pom.xml" -pl connectors/kafka-tests,engine/bench -am process-test-classes \
  dependency:build-classpath -Dmdep.outputFile=target/latency.classpath </dev/null >"$log" 2>&1; then
  cat "$log" >&2
  printf 'latency.sh: the build did not succeed; what Maven said stands above\n' >&2
  exit 1
fi
tests=$root/connectors/kafka-tests
folder=${LATENCY_FOLDER:-$root/engine/bench/target/latency}
rm -rf "$folder"
"$root/run-pipeline" --version >/dev/null # builds, and makes the class archive
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
bids=$folder.bids
"$java" -cp "$root/engine/bench/target/classes" io.penstock.bench.Generate bids 100000 1 "$bids-%d"
if [ "$#" -lt 4 ]; then
  set -- "${1:-10000}" "${2:-20}" "${3:-1}" plain least once:100ms once:20ms
fi
exec "$java" -Dpenstock.root="$root" \
  -cp "$tests/target/test-classes:$(<"$tests/target/latency.classpath")" \
  io.penstock.connectors.kafka.trial.LatencyCommand "$root" "$folder" "$bids-0" \
  "$@"
