#!/bin/sh
# Compares decisions with other engines on the common workload.
#
#   compare.sh RUN [OPTION...]
#
# RUN is the script that installs the other engines, makes the workload and
# prints the table; the options go to it (--policies real,r1000 --only native).
# PEERS is the folder that it works in.
set -eu
run=${1:?which script runs the peers?}
shift
PEERS=${PEERS:-/tmp/peers}
top_srcdir=${top_srcdir:-.}
top_builddir=$(cd "${top_builddir:-build}" && pwd)
export PEERS
policies=$PEERS/stile
peer=$top_builddir/tests/bench/peers/stile_peer

[ -f "$PEERS/data/.made" ] || "$run" --policies real --only native >/dev/null
mkdir -p "$policies"
for json in "$PEERS"/data/*.policy.json; do
  name=$(basename "$json" .policy.json)
  python3 "$top_srcdir/tests/bench/peers/translate.py" "$json" \
    "$policies/$name.stile"
  "$top_builddir/stile" build "$policies/$name.stile" \
    -o "$policies/$name.stilec" 2>/dev/null
done
"$run" --extra "stile=env STILE_DATA=$policies $peer" \
  --extra "stile-image=env LOAD=image STILE_DATA=$policies $peer" \
  --extra "stile-trace=env LOAD=image TRACE=1 STILE_DATA=$policies $peer" "$@"
echo 'with 5 % of the facts unknown:'
for name in real r10 r100 r1000 r10000; do
  printf '%-7s ' "$name"
  env UNKNOWN=5 LOAD=image STILE_DATA="$policies" "$peer" \
    "$PEERS/data/$name.policy.json" "$PEERS/data" "$PEERS/check" 0.9 1
done
