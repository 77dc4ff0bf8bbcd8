#!/usr/bin/env bash
# Starts the pipeline, sends it some events with curl, stops it, and shows what it has kept.
#   pipelines/webhook-events/try.sh [PORT]
set -euo pipefail
folder=$(cd "$(dirname "$0")" && pwd)
port=${1:-18080}
state=$(mktemp -d)
"$folder/../../run-pipeline" --version >/dev/null # builds on first use
LISTEN=127.0.0.1:$port "$folder/../../run-pipeline" "$folder/pipeline.yaml" --state "$state/kept" --root "$state" &
run=$!
trap 'kill "$run" 2>/dev/null || :; wait "$run" || :; rm -rf "$state"' EXIT

send() {
  curl -sS --retry 50 --retry-connrefused --retry-delay 1 --retry-max-time 60 -w '%{http_code}\n' \
    --data-binary "$1" "http://127.0.0.1:$port/events" | sed 's/^/  /'
}
printf 'an event\n'
send '{"id": "e-1", "kind": "order", "at": "2026-01-01T00:00:01Z", "amount": 12.50}'
printf 'the same event again, and another one, in one request\n'
send '{"id": "e-1", "kind": "order", "at": "2026-01-01T00:00:01Z", "amount": 12.50}
{"id": "e-2", "kind": "visit", "at": "2026-01-01T00:00:02Z"}'
printf 'no event\n'
send '{"id": "e-3", "kind": "order", "at": "yesterday"}'

kill "$run"
wait "$run" || :
printf 'kept\n'
(cd "$state/out" && grep -r . --include='part-*' | sed 's|part-[^:]*:| |; s|^|  |')
