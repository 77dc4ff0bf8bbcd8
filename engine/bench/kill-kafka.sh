#!/usr/bin/env bash
# Starts a pipeline from one Kafka topic to another, exactly once, kills it with -9 at random times, some while the broker gives
# no answer, starts it again, and counts in the end what is lost, doubled, out of order or nobody's, by Kafka's own consumer of
# what is decided. Both modes take turns, 20 kills each; ends with 1 where anything is wrong.
#   engine/bench/kill-kafka.sh [KILLS] [SEED]    100 1
# KILL_FOLDER is where broker and runs lie; engine/bench/target/kills-kafka where it is not set.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
source "$root/engine/bench/server-tests.sh"
folder=${KILL_FOLDER:-$root/engine/bench/target/kills-kafka}
rm -rf "$folder"
server_tests kafka KafkaKillCommand "$folder" "${1:-100}" "${2:-1}"
