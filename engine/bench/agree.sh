#!/usr/bin/env bash
# Compares the engine with the reference of engine/testkit by seeds: pipelines of steps with time, their input, both modes, batches of any
# size, processes that are lost. What differs is printed as the least pipeline and input that show it; then it ends with 1.
#   engine/bench/agree.sh [SEEDS] [FIRST] [THREADS]       1000000 1000000 2
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
log=$root/engine/bench/target/agree-build.log
mkdir -p "$root/engine/bench/target"
if ! mvn -B -q -Dquick -DskipTests -f "$root/pom.xml" -pl engine/core -am process-test-classes \
  dependency:build-classpath -Dmdep.outputFile=target/agree.classpath </dev/null >"$log" 2>&1; then
  cat "$log" >&2
  printf 'agree.sh: the build did not succeed; what Maven said stands above\n' >&2
  exit 1
fi
core=$root/engine/core
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx768m -Xmn500m -XX:+UseParallelGC \
  -cp "$core/target/test-classes:$core/target/classes:$(<"$core/target/agree.classpath")" \
  io.penstock.core.run.Agreements "${1:-1000000}" "${2:-1000000}" "${3:-2}"
