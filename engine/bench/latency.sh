#!/usr/bin/env bash
# How long records take from one topic to another through an application, at a steady rate, and how fast a full topic is
# drained; one broker, the load and the application on one machine. Prints a row for each application and round.
#   engine/bench/latency.sh [APPLICATIONS] [RATE] [WARM] [SECONDS] [DRAIN] [ROUNDS]
#                           none,plain,streams,penstock,streams:100,penstock:100  10000 25 20 2000000 2
# none: no application between; known: a loop that knows each answer by the place of its record and is only drained, the least
# that can be; plain: a loop of a consumer, a function and a producer; streams: Kafka Streams with two
# threads; penstock: latency/pipeline.yaml. With :MILLISECONDS (all three) exactly once, decided so often; else at least
# once. All output is read with read_committed. DRAIN 0 leaves draining out. Data lie in ${TMPDIR:-/tmp}/penstock-bench.
# Needs bash 5.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${TMPDIR:-/tmp}/penstock-bench/latency
applications=${1:-none,plain,streams,penstock,streams:100,penstock:100}
mkdir -p "$work"
if ! mvn -B -q -Dquick -DskipTests -Pbenchmark -f "$root/pom.xml" -pl connectors/kafka-tests,engine/bench -am \
  process-test-classes dependency:build-classpath -Dmdep.outputFile=target/latency.classpath </dev/null >"$work/build.log" 2>&1; then
  cat "$work/build.log" >&2
  printf 'latency.sh: the build did not succeed; what Maven said stands above\n' >&2
  exit 1
fi
"$root/run-pipeline" --version # builds, and makes the class archive
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
[ -f "$work/bids.jsonl" ] || "$java" -cp "$here/target/classes" io.penstock.bench.Generate bids 200000 1 "$work/bids.jsonl"
streams=$(printf '%s:' "$root"/connectors/kafka-broker/target/{lib,peers}/*.jar)$work/streams
if [[ $applications == *streams* ]]; then
  mkdir -p "$work/streams"
  "${java}c" -nowarn -cp "$streams" -d "$work/streams" "$here/latency/StreamsPeer.java"
fi
run=$work/run-$$
trap 'rm -rf "$run"' EXIT
mkdir -p "$run"
tests=$root/connectors/kafka-tests
"$java" -Dpenstock.root="$root" -Dpenstock.broker='-Xms1g -Xmx1g' \
  -cp "$tests/target/test-classes:$(<"$tests/target/latency.classpath")" \
  io.penstock.connectors.kafka.trial.LatencyCommand "$root" "$run" "$work/bids.jsonl" "$streams" \
  "$applications" "${2:-10000}" "${3:-25}" "${4:-20}" "${5:-2000000}" "${6:-2}"
