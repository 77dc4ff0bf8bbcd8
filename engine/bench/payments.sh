#!/usr/bin/env bash
# Starts a broker, runs pipelines/payment-alerts between its topics, kills it twice, lets it go on, and prints what came out.
# PAYMENTS_FOLDER is where broker and runs lie; engine/bench/target/payments where it is not set.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
source "$root/engine/bench/server-tests.sh"
folder=${PAYMENTS_FOLDER:-$root/engine/bench/target/payments}
rm -rf "$folder"
server_tests kafka Payments "$folder"
