#!/usr/bin/env bash
# Starts a broker and pipelines/payment-hooks, sends it events by HTTP as a provider would, kills it so many times while they are on
# their way, lets it go on, and prints what is in the topics.
#   engine/bench/payment-hooks.sh [KILLS]    3
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
source "$root/engine/bench/server-tests.sh"
folder=$root/engine/bench/target/payment-hooks
rm -rf "$folder"
server_tests kafka PaymentHooks "$folder" "${1:-3}"
