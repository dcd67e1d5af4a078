# Where the server of deploy/run keeps its data and how it is found; sourced by run and stop.
# shellcheck shell=bash
. deploy/parts/packages.bash

listen=${VORONKA_LISTEN:-127.0.0.1:7420}

# passable FOLDER: whether the user PostgreSQL runs as may enter it and all above it.
passable() {
  [ "$(id -u)" != 0 ] && return 0
  local folder=$1
  while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
  setpriv --reuid "${VORONKA_POSTGRES_USER:-postgres}" --regid "${VORONKA_POSTGRES_USER:-postgres}" --clear-groups \
    test -x "$folder"
}

# The data folder: the one named, else beside the project; where root's project stands in a folder that
# PostgreSQL's user may not enter, the system's place for such data.
data_folder() {
  if [ -n "${VORONKA_DATA:-}" ]; then
    realpath -m "$VORONKA_DATA"
  elif passable "$PWD" 2>/dev/null; then
    echo "$PWD/.voronka"
  else
    echo /var/lib/voronka
  fi
}

data=$(data_folder)

# is_server PROCESS: whether it is alive and a voronkad on our data; its id may have become another's.
is_server() {
  [ -e "/proc/$1/cmdline" ] \
    && tr '\0' '\n' <"/proc/$1/cmdline" 2>/dev/null | grep -qxF -- "$data" \
    && tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null | grep -q 'voronkad serve'
}

# The process id of the server on our data, if it runs.
running_server() {
  local process
  process=$(cat "$data/voronkad.pid" 2>/dev/null) || return 1
  [[ $process =~ ^[0-9]+$ ]] && is_server "$process" || return 1
  echo "$process"
}

# answers: whether a server answers where ours should listen.
answers() {
  printf '{"jsonrpc":"2.0","id":1,"method":"system.ping"}\n' \
    | nc -N -w 3 "${listen%:*}" "${listen##*:}" 2>/dev/null | grep -q '"result"'
}
