#!/bin/sh
# Includes go leftwards only: base <- runtime <- compiler <- audit <- cli.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"

rank() {
  case $1 in
    base) echo 1 ;;
    runtime) echo 2 ;;
    compiler) echo 3 ;;
    audit) echo 4 ;;
    cli) echo 5 ;;
    include) echo 0 ;;
    *) echo 9 ;;
  esac
}

# faults_of FILE ROOM: the includes that reach to the right.
faults_of() {
  sed -n 's/^#[ ]*include "\([^"]*\)".*/\1/p' "$1" | while read -r include; do
    case $include in
      config.h) other=include ;;
      */*) other=${include%%/*} ;;
      *) other=$2 ;;
    esac
    if [ "$(rank "$other")" -gt "$(rank "$2")" ]; then
      echo "$2/${1##*/} includes $include"
    fi
  done
}

for room in base runtime compiler audit cli; do
  for file in "$top_srcdir/$room"/*.[chyl]; do
    [ -f "$file" ] || continue
    verdict "$room/${file##*/}" "$(faults_of "$file" "$room")"
  done
done
totals
