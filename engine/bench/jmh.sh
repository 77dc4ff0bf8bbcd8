#!/usr/bin/env bash
# Times loops: expressions, decoders, encoders, the hash table, the channel. Builds, runs, and prints what a row costs.
#   engine/bench/jmh.sh [PATTERN] [OPTIONS OF JMH]
#   engine/bench/jmh.sh Expression -p rows=1024 -prof gc
#   engine/bench/jmh.sh -l                                   lists the benchmarks
# By default one virtual machine for each, 1.5 s to warm up and 1.5 s to measure; -f, -wi, -w, -i
# and -r of JMH change that. All of them take some three minutes. The table goes to the output, all else to the error
# stream.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
log=$here/target/jmh-build.log
mkdir -p "$here/target"
if ! mvn -B -q -Dquick -DskipTests -f "$root/pom.xml" -pl engine/bench -am process-test-classes \
  dependency:build-classpath -Dmdep.outputFile=target/jmh.classpath </dev/null >"$log" 2>&1; then
  cat "$log" >&2
  printf 'jmh.sh: the build did not succeed; what Maven said stands above\n' >&2
  exit 1
fi
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$here/target/test-classes:$here/target/classes:$(<"$here/target/jmh.classpath")" \
  io.penstock.bench.Jmh "$@"
