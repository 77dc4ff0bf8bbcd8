#!/usr/bin/env bash
# Kills a pipeline of files with a total by key, two sinks and dead letters, starts it again, and counts what is lost,
# doubled, out of order, corrupt or nobody's; ends with 1 where anything is.
#   engine/bench/kill.sh [MODE] [KILLS] [ROWS] [SEED] [FOLDER]       continuous 1000 400000 1 engine/bench/target/kills
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
log=$root/engine/bench/target/kill-build.log
mkdir -p "$root/engine/bench/target"
if ! mvn -B -q -Dquick -DskipTests -f "$root/pom.xml" -pl dsl/launcher -am process-test-classes \
  dependency:build-classpath -Dmdep.outputFile=target/kill.classpath </dev/null >"$log" 2>&1; then
  cat "$log" >&2
  printf 'kill.sh: the build did not succeed; what Maven said stands above\n' >&2
  exit 1
fi
launcher=$root/dsl/launcher
folder=${5:-$root/engine/bench/target/kills}
rm -rf "$folder"
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" \
  -cp "$launcher/target/test-classes:$launcher/target/classes:$(<"$launcher/target/kill.classpath")" \
  io.penstock.dsl.launcher.kill.KillLoop "${1:-continuous}" "${2:-1000}" "${3:-400000}" "${4:-1}" "$folder"
