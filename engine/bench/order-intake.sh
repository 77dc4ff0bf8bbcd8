#!/usr/bin/env bash
# Starts a broker and a PostgreSQL server on loopback, runs pipelines/order-intake between them, kills it so many times, lets it
# go on, and prints what the tables hold.
#   engine/bench/order-intake.sh [KILLS]    3
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
source "$root/engine/bench/server-tests.sh"
folder=$root/engine/bench/target/order-intake
rm -rf "$folder"
server_tests jdbc OrderIntake "$folder" "${1:-3}"
