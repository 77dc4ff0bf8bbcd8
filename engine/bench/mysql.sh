#!/usr/bin/env bash
# Runs on MySQL itself what the build runs on MariaDB: tables written and read, what others do to them, kills of the process and
# of the server; and what only MySQL has. With KILLS, so many kills more of each kind that kill-jdbc.sh knows.
#   engine/bench/mysql.sh [KILLS]     0
# No library brings a MySQL server, and Debian's releases have none: it is a package of Debian's unstable release, fetched with
# all its libraries by the sources of packages that this machine has, and unpacked into ${TMPDIR:-/tmp}/penstock-bench/mysql.
# Nothing is installed, and no right is needed. Needs apt-get, dpkg-deb and the keys of Debian's packages.
set -euo pipefail
export LC_ALL=C
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=${TMPDIR:-/tmp}/penstock-bench/mysql
programs=$folder/root

fetch() {
  local from keys=/usr/share/keyrings/debian-archive-keyring.gpg
  from=$(apt-get indextargets --format '$(ORIGIN) $(CODENAME) $(REPO_URI)' 'Created-By: Packages' |
    sed -n 's/^Debian [a-z]* \(.*\)/\1/p' | head -n 1)
  if [ -z "$from" ]; then
    printf 'mysql.sh: this machine has no source of packages of Debian\n' >&2
    exit 1
  fi
  rm -rf "$folder"
  mkdir -p "$folder"/{sources,lists/partial,archives/partial,root.new}
  : >"$folder/status"
  printf 'deb [signed-by=%s] %s sid main\n' "$keys" "$from" >"$folder/sources/unstable.list"
  local own=(-q -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$folder/sources"
    -o Dir::State::Lists="$folder/lists" -o Dir::State::status="$folder/status"
    -o Dir::Cache="$folder" -o Dir::Cache::archives="$folder/archives" -o APT::Sandbox::User="$(id -un)")
  apt-get "${own[@]}" update
  apt-get "${own[@]}" -y --download-only --no-install-recommends install mysql-server-core
  local package
  for package in "$folder"/archives/*.deb; do
    dpkg-deb -x "$package" "$folder/root.new"
  done
  mv "$folder/root.new" "$programs"
}

if [ ! -d "$programs" ]; then
  fetch
fi
libraries=$programs/usr/lib/x86_64-linux-gnu
"$libraries/ld-linux-x86-64.so.2" --library-path "$libraries" "$programs/usr/sbin/mysqld" --version

mvn -B -Dquick -f "$root/pom.xml" -pl connectors/jdbc-tests -am test -Dsurefire.failIfNoSpecifiedTests=false \
  -Dtest='MariaDbTest,MariaDbFaultsTest,MariaKillsTest,MySqlTrial' -Dpenstock.mysql="$programs" </dev/null |
  grep -E 'Tests run|ERROR|BUILD'
if [ "${1:-0}" -gt 0 ]; then
  for what in continuous micro_batch server read read-server; do
    MYSQL_PROGRAMS=$programs "$root/engine/bench/kill-jdbc.sh" "$1" "$what" 200000 1 mysql
  done
fi
