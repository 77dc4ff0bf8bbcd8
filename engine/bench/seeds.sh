# Sourced by agree.sh and simulate.sh.

# seeds CLASS [SEEDS] [FIRST] [THREADS]: builds the engine's tests and becomes the class that goes through so many seeds.
seeds() {
  local root core log
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
  core=$root/engine/core
  log=$root/engine/bench/target/seeds-build.log
  mkdir -p "$root/engine/bench/target"
  if ! mvn -B -q -Dquick -DskipTests -f "$root/pom.xml" -pl engine/core -am process-test-classes \
    dependency:build-classpath -Dmdep.outputFile=target/seeds.classpath </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    printf '%s: the build did not succeed; what Maven said stands above\n' "${0##*/}" >&2
    exit 1
  fi
  exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx768m -Xmn500m -XX:+UseParallelGC \
    -cp "$core/target/test-classes:$core/target/classes:$(<"$core/target/seeds.classpath")" \
    "io.penstock.core.run.$1" "${2:-1000000}" "${3:-1000000}" "${4:-2}"
}
