#!/usr/bin/env bash
# Starts a PostgreSQL server on loopback, fills a table and runs pipelines/nightly-export on it once, at once; DuckDB
# reads the files and says what is in them.
#   engine/bench/nightly-export.sh [ORDERS]    1000000
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
source "$root/engine/bench/server-tests.sh"
folder=$root/engine/bench/target/nightly-export
rm -rf "$folder"
cd "$root/connectors/jdbc-tests"
server_tests jdbc NightlyExport "$folder" "${1:-1000000}"
