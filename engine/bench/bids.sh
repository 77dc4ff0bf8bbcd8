# Sourced by epochs.sh and recovery.sh, which set here, root, work and java: builds, and makes bids.

# Builds what is older than its sources, and says what is measured.
build() {
  local built=$here/target/bids.built
  mkdir -p "$work" "$here/target"
  "$root/run-pipeline" --version >"$work/version"
  if [ ! -f "$built" ] || [ -n "$(find "$here/src/main" "$here/pom.xml" "$root/pom.xml" -newer "$built" -print -quit)" ]; then
    mvn -B -q -Dquick -f "$root/pom.xml" -pl engine/bench -am process-classes </dev/null >"$work/build.log" 2>&1 || {
      cat "$work/build.log" >&2
      printf '%s: the build did not succeed; what Maven said stands above\n' "${0##*/}" >&2
      exit 1
    }
    touch "$built"
  fi
  printf 'measured: %s\n' "$(paste -sd ' ' "$work/version")"
}

# bids_of TIMES: makes so many times 5 million bids in eight files, unless run.sh or this has, and sets data.
bids_of() {
  data=$work/data-$1
  if [ ! -f "$data/bids.complete" ]; then
    printf 'making %d million bids in %s\n' "$((5 * $1))" "$data" >&2
    rm -rf "$data/bids"
    mkdir -p "$data/bids"
    "$java" -XX:+UseSerialGC -cp "$here/target/classes" io.penstock.bench.Generate \
      bids "$((5000000 * $1))" 8 "$data/bids/part%d.jsonl"
    touch "$data/bids.complete"
  fi
}

# Nothing is left to write, and the bids are in the page cache.
settle() {
  sync
  cat "$data"/bids/* >/dev/null
}

# number NAME VALUE: fails unless it is a whole number from 1 on.
number() {
  [[ $2 =~ ^[1-9][0-9]*$ ]] && return
  printf '%s: %s must be a whole number such as 3, not %s\n' "${0##*/}" "$1" "$2" >&2
  exit 1
}
