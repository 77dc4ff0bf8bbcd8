#!/usr/bin/env bash
# Simulates runs in which everything goes wrong, by seeds, over all topologies and kinds of disks; ends with 1 where a row
# is lost, doubled or out of order. What fails is printed with the command that shows it again.
#   engine/bench/simulate.sh [SEEDS] [FIRST] [THREADS]       1000000 1000000 2
set -euo pipefail
. "$(dirname "$0")/seeds.sh"
seeds Seeds "$@"
