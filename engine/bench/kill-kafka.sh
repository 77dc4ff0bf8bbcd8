#!/usr/bin/env bash
# Starts a pipeline from one Kafka topic to another, exactly once, kills it with -9 at random times, some while the broker gives
# no answer, starts it again, and counts in the end what is lost, doubled, out of order or nobody's, by Kafka's own consumer of
# what is decided. Both modes take turns, 20 kills each; ends with 1 where anything is wrong.
#   engine/bench/kill-kafka.sh [KILLS] [SEED]    100 1
# KILL_FOLDER is where broker and runs lie; engine/bench/target/kills-kafka where it is not set.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
log=$root/engine/bench/target/kill-kafka-build.log
mkdir -p "$root/engine/bench/target"
if ! mvn -B -q -Dquick -DskipTests -f "$root/pom.xml" -pl connectors/kafka-tests -am process-test-classes \
  dependency:build-classpath -Dmdep.outputFile=target/kill.classpath </dev/null >"$log" 2>&1; then
  cat "$log" >&2
  printf 'kill-kafka.sh: the build did not succeed; what Maven said stands above\n' >&2
  exit 1
fi
tests=$root/connectors/kafka-tests
folder=${KILL_FOLDER:-$root/engine/bench/target/kills-kafka}
rm -rf "$folder"
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Dpenstock.root="$root" \
  -cp "$tests/target/test-classes:$(<"$tests/target/kill.classpath")" \
  io.penstock.connectors.kafka.trial.KafkaKillCommand "$folder" "${1:-100}" "${2:-1}"
