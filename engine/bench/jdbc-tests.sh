# Sourced by the commands that need the server of a database: builds connectors/jdbc-tests, and runs a class of it.
log=$root/engine/bench/target/jdbc-tests-build.log
mkdir -p "$root/engine/bench/target"
if ! mvn -B -q -Dquick -DskipTests -f "$root/pom.xml" -pl connectors/jdbc-tests -am process-test-classes \
  dependency:build-classpath -Dmdep.outputFile=target/jdbc-tests.classpath </dev/null >"$log" 2>&1; then
  cat "$log" >&2
  printf 'the build did not succeed; what Maven said stands above\n' >&2
  exit 1
fi

jdbc_tests() {
  local tests=$root/connectors/jdbc-tests
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Dpenstock.root="$root" \
    -cp "$tests/target/test-classes:$(<"$tests/target/jdbc-tests.classpath")" \
    "io.penstock.connectors.jdbc.trial.$1" "${@:2}"
}
