# Sourced by the commands that need a broker of Kafka: builds connectors/kafka-tests, and runs a class of it.
log=$root/engine/bench/target/kafka-tests-build.log
mkdir -p "$root/engine/bench/target"
if ! mvn -B -q -Dquick -DskipTests -f "$root/pom.xml" -pl connectors/kafka-tests -am process-test-classes \
  dependency:build-classpath -Dmdep.outputFile=target/kafka-tests.classpath </dev/null >"$log" 2>&1; then
  cat "$log" >&2
  printf 'the build did not succeed; what Maven said stands above\n' >&2
  exit 1
fi

kafka_tests() {
  local tests=$root/connectors/kafka-tests
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Dpenstock.root="$root" \
    -cp "$tests/target/test-classes:$(<"$tests/target/kafka-tests.classpath")" \
    "io.penstock.connectors.kafka.trial.$1" "${@:2}"
}
