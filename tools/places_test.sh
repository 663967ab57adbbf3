#!/usr/bin/env bash
# Superpose in odd places: a folder with spaces and other letters, no home, LANG=C, a Turkish locale, a terminal of 20 columns, a read-only folder,
# a full disk, one core and 512 MiB of heap. Needs "mvn package" first; the full disk needs the right to mount, else it is skipped.
set -uo pipefail
cd "$(dirname "$0")/.."
superpose=$PWD/superpose
scratch=$(mktemp -d)
trap 'umount "$scratch/full" 2>/dev/null; chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
faults=0
network=(--problem two-and --set inputs=64 --set outputs=64 --construction clipped-and --set width=96)

expect() { # status, text that is to be in the output, name, command...
  local status=$1 text=$2 name=$3
  shift 3
  "$@" >"$scratch/out" 2>&1
  local got=$?
  if [ "$got" != "$status" ] || ! grep -qF -- "$text" "$scratch/out" || grep -q "^	at " "$scratch/out"; then
    faults=$((faults + 1))
    echo "FAULT: $name: status $got, not $status, or \"$text\" is not in:"
    head -n 5 "$scratch/out"
  else
    echo "$name: holds"
  fi
}

expect 0 "digest" "plain build" "$superpose" build "${network[@]}" -o "$scratch/net.superpose.zip"
digest=$(grep -o 'digest [0-9a-f]*' "$scratch/out")
odd="$scratch/a b ü 日本 'q'"
mkdir "$odd"
expect 0 "$digest" "folder with spaces and other letters" "$superpose" build "${network[@]}" -o "$odd/net ж.superpose.zip"
expect 0 "VERIFIED" "verify there" "$superpose" verify "$odd/net ж.superpose.zip"
expect 0 "$digest" "LANG=C" env LANG=C LC_ALL=C "$superpose" build "${network[@]}" -o "$scratch/c.superpose.zip"
expect 0 "VERIFIED" "LANG=C and other letters" env LANG=C LC_ALL=C "$superpose" verify "$odd/net ж.superpose.zip"
expect 0 "$digest" "Turkish locale" env SUPERPOSE_JAVA_OPTIONS="-Duser.language=tr -Duser.country=TR" "$superpose" build "${network[@]}" -o "$scratch/tr.superpose.zip"
expect 0 "VERIFIED" "Turkish run" env SUPERPOSE_JAVA_OPTIONS="-Duser.language=tr -Duser.country=TR" "$superpose" verify "$scratch/tr.superpose.zip"
expect 0 "VERIFIED" "no home folder" env -u HOME SUPERPOSE_JAVA_OPTIONS="-Duser.home=/nonexistent" "$superpose" verify "$scratch/net.superpose.zip"
expect 0 "clipped-and" "terminal of 20 columns" env COLUMNS=20 TERM=dumb "$superpose" list constructions
expect 0 "VERIFIED" "one core and 512 MiB" env SUPERPOSE_JAVA_OPTIONS="-XX:ActiveProcessorCount=1 -Xmx512m" "$superpose" verify "$scratch/net.superpose.zip"
expect 2 "MiB" "a network that cannot fit 512 MiB" env SUPERPOSE_JAVA_OPTIONS="-Xmx512m" "$superpose" build --problem two-and --set inputs=64 \
  --construction clipped-and --set width=100000 -o "$scratch/large.superpose.zip"
expect 2 "" "a folder in the place of a file" "$superpose" build "${network[@]}" -o "$scratch"
mkdir "$scratch/locked"
chmod a-w "$scratch/locked"
if [ -w "$scratch/locked" ]; then
  echo "read-only folder: skipped, this user may write everywhere"
else
  expect 2 "not allowed" "read-only folder" "$superpose" build "${network[@]}" -o "$scratch/locked/net.superpose.zip"
fi
mkdir "$scratch/full"
if mount -t tmpfs -o size=4k tmpfs "$scratch/full" 2>/dev/null; then
  expect 2 "cannot be written" "full disk" "$superpose" build "${network[@]}" -o "$scratch/full/net.superpose.zip"
  [ -z "$(ls -A "$scratch/full")" ] || { faults=$((faults + 1)); echo "FAULT: the full disk holds half a file"; }
  umount "$scratch/full"
else
  echo "full disk: skipped, mounting is not allowed"
fi
if command -v faketime >/dev/null 2>&1; then
  expect 0 "VERIFIED" "a clock in the past" faketime '2001-01-01' "$superpose" verify "$scratch/net.superpose.zip"
else
  echo "a clock that jumps back: skipped, no faketime"
fi
echo "$faults faults"
[ "$faults" = 0 ]
