#!/usr/bin/env bash
# Starts a broker, runs pipelines/payment-alerts between its topics, kills it twice, lets it go on, and prints what came out.
# PAYMENTS_FOLDER is where broker and runs lie; engine/bench/target/payments where it is not set.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
log=$root/engine/bench/target/payments-build.log
mkdir -p "$root/engine/bench/target"
if ! mvn -B -q -Dquick -DskipTests -f "$root/pom.xml" -pl connectors/kafka-tests -am process-test-classes \
  dependency:build-classpath -Dmdep.outputFile=target/payments.classpath </dev/null >"$log" 2>&1; then
  cat "$log" >&2
  printf 'payments.sh: the build did not succeed; what Maven said stands above\n' >&2
  exit 1
fi
tests=$root/connectors/kafka-tests
folder=${PAYMENTS_FOLDER:-$root/engine/bench/target/payments}
rm -rf "$folder"
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Dpenstock.root="$root" \
  -cp "$tests/target/test-classes:$(<"$tests/target/payments.classpath")" \
  io.penstock.connectors.kafka.trial.Payments "$folder"
