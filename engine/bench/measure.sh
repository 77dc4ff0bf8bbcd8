# Sourced by run.sh: measures a process with nothing but bash 5, so that nothing need be installed.

# measure LOG COMMAND...: runs it and sets wall and cpu (milliseconds) and peak (KiB of memory; 0 where there is no
# /proc). The process's own CPU time alone counts: nothing else that is waited for runs in between.
measure() {
  local log=$1 before start process watcher status=0
  shift
  cpu_of_children
  before=$cpu
  start=${EPOCHREALTIME/./}
  "$@" >"$log" 2>&1 &
  process=$!
  peak_of "$process" >"$log.peak" &
  watcher=$!
  wait "$process" || status=$?
  wall=$(((${EPOCHREALTIME/./} - start) / 1000))
  cpu_of_children
  cpu=$((cpu - before))
  wait "$watcher" || :
  peak=$(<"$log.peak")
  return "$status"
}

# Sets cpu to the milliseconds that all children so far have taken.
cpu_of_children() {
  local user system
  times >"$work/times"
  { read -r _ && read -r user system; } <"$work/times"
  milliseconds "$user"
  cpu=$value
  milliseconds "$system"
  cpu=$((cpu + value))
}

# Sets value to the milliseconds of a time such as 1m2.034s.
milliseconds() {
  local minutes=${1%m*} seconds=${1#*m}
  seconds=${seconds%s}
  value=$((minutes * 60000 + 10#${seconds%.*} * 1000 + 10#${seconds#*.}))
}

# Prints the most memory that a process had resident. The kernel keeps the peak itself, so that looking twenty times a
# second misses only what grows in the last twentieth.
peak_of() {
  local most=0 text never
  exec {never}<> <(:)
  while :; do
    text=
    { read -r -d '' text <"/proc/$1/status"; } 2>/dev/null || :
    [[ $text =~ VmHWM:[[:space:]]+([0-9]+) ]] || break
    most=${BASH_REMATCH[1]}
    read -r -t 0.05 -u "$never" || :
  done
  printf '%d\n' "$most"
}
