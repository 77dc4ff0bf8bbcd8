# Sourced by the commands that need a server. `server_tests kafka|jdbc CLASS [WORDS]` builds the module of that system's tests and
# runs a class of it, in place of the shell.
server_tests() {
  local system=$1 log=$root/engine/bench/target/$1-tests-build.log tests=$root/connectors/$1-tests
  mkdir -p "$root/engine/bench/target"
  if ! mvn -B -q -Dquick -DskipTests -f "$root/pom.xml" -pl "connectors/$system-tests" -am process-test-classes \
    dependency:build-classpath -Dmdep.outputFile="target/$system-tests.classpath" </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    printf 'the build did not succeed; what Maven said stands above\n' >&2
    exit 1
  fi
  exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Dpenstock.root="$root" -Dpenstock.mysql="${MYSQL_PROGRAMS:-}" \
    -cp "$tests/target/test-classes:$(<"$tests/target/$system-tests.classpath")" \
    "io.penstock.connectors.$system.trial.$2" "${@:3}"
}
