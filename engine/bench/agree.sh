#!/usr/bin/env bash
# Compares the engine with the reference of engine/testkit by seeds: pipelines of steps with time, their input, both modes,
# batches of any size, processes that are lost. What differs is printed as the least pipeline and input that show it; then it
# ends with 1.
#   engine/bench/agree.sh [SEEDS] [FIRST] [THREADS]       1000000 1000000 2
set -euo pipefail
. "$(dirname "$0")/seeds.sh"
seeds Agreements "$@"
