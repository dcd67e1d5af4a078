# What the machine must have, from Debian's own packages; sourced by run and test.
# shellcheck shell=bash

# The oldest minor version of PostgreSQL 15 whose row-level security can be relied on.
oldest_minor=19

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$(basename "$0"): $*"
  exit 1
}

# as_root COMMAND...: directly, or by sudo that asks nothing.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

can_install() {
  command -v apt-get >/dev/null || return 1
  [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }
}

apt() { DEBIAN_FRONTEND=noninteractive as_root apt-get -q -y "$@" >&2; }

# need PACKAGE...: installs those that are missing.
need() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  can_install || fail "missing: ${missing[*]}. As root: apt-get install ${missing[*]}"
  say "installing ${missing[*]}"
  apt update
  apt install --no-install-recommends "${missing[@]}"
}

postgres_folder() {
  if [ -n "${VORONKA_POSTGRES_BIN:-}" ]; then
    echo "$VORONKA_POSTGRES_BIN"
  else
    find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1
  fi
}

# A server of PostgreSQL's, new enough; brought up to date before any cluster of ours runs on it.
need_postgres() {
  local folder major minor
  folder=$(postgres_folder)
  if [ -z "$folder" ] || [ ! -x "$folder/postgres" ]; then
    can_install || fail 'PostgreSQL 15 or later is missing. As root: apt-get install postgresql-15'
    # Debian would start a cluster of its own on port 5432; nobody asked for one.
    if ! [ -e /etc/postgresql-common/createcluster.conf ]; then
      as_root mkdir -p /etc/postgresql-common/createcluster.d
      echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.d/voronka.conf >/dev/null
    fi
    need postgresql-15
    folder=$(postgres_folder)
  fi
  [[ $("$folder/postgres" --version) =~ \ ([0-9]+)\.([0-9]+) ]] || fail "$folder/postgres does not tell its version"
  major=${BASH_REMATCH[1]} minor=${BASH_REMATCH[2]}
  if [ "$major" = 15 ] && [ "$minor" -lt "$oldest_minor" ]; then
    can_install || fail "PostgreSQL 15.$minor is too old. As root: apt-get update && apt-get install postgresql-15"
    say "bringing PostgreSQL 15.$minor up to date"
    apt update
    apt install --only-upgrade postgresql-15 postgresql-client-15 libpq5
  fi
}

# The compiler, also where it is installed but not on this user's path.
need_swift() {
  local folder version
  for folder in '' /opt/swift/usr/bin /usr/local/swift/usr/bin "${HOME:-/nonexistent}/.local/share/swiftly/bin"; do
    if [ -z "$folder" ]; then
      command -v swift >/dev/null && break
    elif [ -x "$folder/swift" ]; then
      PATH=$folder:$PATH
      break
    fi
  done
  command -v swift >/dev/null || fail 'no Swift 6.2 or later found: see https://www.swift.org/install/linux/'
  version=$(swift --version 2>/dev/null) || fail "$(command -v swift) does not run: see https://www.swift.org/install/linux/"
  [[ $version =~ Swift\ version\ ([0-9]+)\.([0-9]+) ]] || fail "$(command -v swift) does not tell its version"
  [ $((BASH_REMATCH[1] * 100 + BASH_REMATCH[2])) -ge 602 ] \
    || fail "Swift ${BASH_REMATCH[1]}.${BASH_REMATCH[2]} is too old, 6.2 is needed: see https://www.swift.org/install/linux/"
}

need_all() {
  # What the compiler links with and SwiftPM calls; time zones; setpriv (util-linux), nc, openssl for the tests.
  need binutils ca-certificates g++ git libc6-dev libpq-dev libssl-dev netcat-openbsd openssl pkgconf procps tzdata \
    util-linux
  need_postgres
  need_swift
}

# For the tests alone. Debian would start a pooler of its own on port 6432; nobody asked for one.
need_pooler() {
  [ ! -x /usr/sbin/pgbouncer ] || return 0
  if command -v systemctl >/dev/null && can_install; then as_root systemctl mask pgbouncer >&2 || true; fi
  need pgbouncer
  if command -v systemctl >/dev/null; then
    as_root systemctl unmask pgbouncer >&2 || true
    as_root systemctl disable pgbouncer >&2 || true
  fi
}

# How many compilers run side by side: one a core, and no more than memory allows (2 GiB each).
build_jobs() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable:/ { print int($2 / 2097152) }' /proc/meminfo)
  [ "$memory" -ge 1 ] || memory=1
  echo $((cores < memory ? cores : memory))
}
