#!/usr/bin/env bash
# Simulates runs in which everything goes wrong, by seeds, over all topologies and kinds of disks; ends with 1 where a row
# is lost, doubled or out of order. What fails is printed with the command that shows it again.
#   engine/bench/simulate.sh [SEEDS] [FIRST] [THREADS]       1000000 1000000 2
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
log=$root/engine/bench/target/simulate-build.log
mkdir -p "$root/engine/bench/target"
if ! mvn -B -q -Dquick -DskipTests -f "$root/pom.xml" -pl engine/core -am process-test-classes \
  dependency:build-classpath -Dmdep.outputFile=target/simulate.classpath </dev/null >"$log" 2>&1; then
  cat "$log" >&2
  printf 'simulate.sh: the build did not succeed; what Maven said stands above\n' >&2
  exit 1
fi
core=$root/engine/core
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx768m -Xmn500m -XX:+UseParallelGC \
  -cp "$core/target/test-classes:$core/target/classes:$(<"$core/target/simulate.classpath")" \
  io.penstock.core.run.Seeds "${1:-1000000}" "${2:-1000000}" "${3:-2}"
