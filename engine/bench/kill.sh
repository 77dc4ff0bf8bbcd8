#!/usr/bin/env bash
# Starts a pipeline of files with state, several sinks and dead letters as a process, ends it in some way, starts it again,
# and counts what is lost, doubled, out of order, corrupt or nobody's; ends with 1 where anything is.
#   engine/bench/kill.sh continuous|micro_batch [KILLS] [ROWS] [SEED]    kill -9 at random times: 1000 150000 1
#   engine/bench/kill.sh named                                           at each place that has a name, three times, both modes
#   engine/bench/kill.sh stop [STOPS] [ROWS] [SEED]                      SIGTERM at random times, in each mode: 100 400000 1
#   engine/bench/kill.sh stuck [TIMES]                                   SIGTERM while a sink never answers, in each mode: 3
#   engine/bench/kill.sh memory                                          a step that holds more than heaps of 16 to 96 MiB
#   engine/bench/kill.sh slow [MINUTES]                                  ten rows taken in a second of a source without limit: 10
#   engine/bench/kill.sh http [KILLS] [ROWS] [SEED]                      kill -9, files to a server, in each mode: 100 40000 1
# KILL_FOLDER is where the runs lie; engine/bench/target/kills where it is not set.
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
"$root/run-pipeline" --version >/dev/null # builds, and makes the class archive
launcher=$root/dsl/launcher
folder=${KILL_FOLDER:-$root/engine/bench/target/kills}/${1:-continuous}
rm -rf "$folder"
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" \
  -cp "$launcher/target/test-classes:$launcher/target/classes:$(<"$launcher/target/kill.classpath")" \
  io.penstock.dsl.launcher.kill.KillCommand "$root/run-pipeline" "$folder" "${1:-continuous}" "${@:2}"
