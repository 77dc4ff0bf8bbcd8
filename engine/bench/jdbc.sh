#!/usr/bin/env bash
# Rows in a second to a table of PostgreSQL by COPY and by merge, and out of one: whole processes, on a server that is started
# here, on loopback. Each line is one run.
#   engine/bench/jdbc.sh [ROWS] [TIMES]    2000000 3
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
source "$root/engine/bench/server-tests.sh"
folder=$root/engine/bench/target/jdbc
rm -rf "$folder"
server_tests jdbc Speed "$folder" "${1:-2000000}" "${2:-3}"
