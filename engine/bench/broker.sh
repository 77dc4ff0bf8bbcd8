#!/usr/bin/env bash
# Starts a broker and a pipeline between two of its topics, exactly once, feeds it all the time, and lets something happen to the
# broker or beside it. Says for how long no epoch was decided, each time, and counts in the end what is lost, doubled, out of order
# or nobody's, by Kafka's own consumer of what is decided; ends with 1 where anything is wrong, or where no epoch was decided for
# more than 10 s longer than the broker was away.
#   engine/bench/broker.sh restart [TIMES]               20       told to end (SIGTERM), and started anew
#   engine/bench/broker.sh kill [TIMES]                  20       killed (-9), and started anew; its disk keeps what it has
#   engine/bench/broker.sh silent [TIMES] [SECONDS]      1 90     stopped (SIGSTOP), and told to go on
#   engine/bench/broker.sh rebalance [TIMES] [SECONDS]   1 300    others join the pipeline's group and leave it, two by turns every
#                                                                 2 s: by ranges, cooperatively, and as the broker says
# BROKER_FOLDER is where broker and runs lie; engine/bench/target/broker where it is not set.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
case ${1:?restart, kill, silent or rebalance} in
  restart | kill) times=20 seconds=0 ;;
  silent) times=1 seconds=90 ;;
  rebalance) times=1 seconds=300 ;;
  *) printf 'broker.sh: nothing is called %s\n' "$1" >&2; exit 2 ;;
esac
source "$root/engine/bench/server-tests.sh"
folder=${BROKER_FOLDER:-$root/engine/bench/target/broker}/$1
rm -rf "$folder"
server_tests kafka Troubles "$folder" "$1" "${2:-$times}" "${3:-$seconds}"
