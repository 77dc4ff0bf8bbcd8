#!/usr/bin/env bash
# Cuts the way between a pipeline and its broker, database or server, by resets and by silence, heals it, and counts what is lost,
# doubled, out of order, corrupt or nobody's; says after how long the next epoch or request came through, and how many threads
# there were before each cut and in the end. Ends with 1 where anything is wrong.
#   engine/bench/cut.sh kafka|jdbc|http [SECONDS] [TIMES]    60 2
# CUT_FOLDER is where servers and runs lie; engine/bench/target/cuts where it is not set.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
what=${1:?kafka, jdbc or http}
folder=${CUT_FOLDER:-$root/engine/bench/target/cuts}/$what
case $what in
  kafka | jdbc) ;;
  http) KILL_FOLDER=$folder exec "$root/engine/bench/kill.sh" cut "${2:-60}" "${3:-2}" ;;
  *) printf 'cut.sh: nothing is called %s\n' "$what" >&2; exit 2 ;;
esac
source "$root/engine/bench/server-tests.sh"
rm -rf "$folder"
server_tests "$what" Cuts "$folder" "${2:-60}" "${3:-2}"
