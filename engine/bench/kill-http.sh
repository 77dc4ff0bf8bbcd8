#!/usr/bin/env bash
# Kills runs that send the rows of files to a server which notes every request under its key, in both modes, and counts rows
# that are lost, come under two keys, out of order, or with other content; ends with 1 where any does.
#   engine/bench/kill-http.sh [KILLS] [ROWS] [SEED]    in each mode: 100 40000 1
exec "$(dirname "$0")/kill.sh" http "$@"
