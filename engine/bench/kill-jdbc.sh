#!/usr/bin/env bash
# Starts pipelines of files to a table of PostgreSQL with state, kills the process or the server, goes on, and asks the table by
# plain SQL what is lost, doubled, nobody's or corrupt; ends with 1 where anything is. The server is started here, on loopback.
#   engine/bench/kill-jdbc.sh [KILLS] [continuous|micro_batch|server|read|read-server|kafka] [ROWS] [SEED] [postgresql|mariadb|mysql]
#                                                                                    100 continuous 500000 1 postgresql
# `read` reads a table into files in place of writing one; with `server` it is the server that is killed; `kafka` brings records
# of a broker, which is started here too and fed all the time, to the table, in both modes in turn.
# MySQL is brought, and this called, by mysql.sh. JDBC_FOLDER is where the runs lie; engine/bench/target/kills-jdbc where it is not set.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
source "$root/engine/bench/server-tests.sh"
folder=${JDBC_FOLDER:-$root/engine/bench/target/kills-jdbc}/${2:-continuous}
rm -rf "$folder"
server_tests jdbc KillCommand "$folder" "${2:-continuous}" "${1:-100}" "${3:-500000}" "${4:-1}" "${5:-postgresql}"
