#!/usr/bin/env bash
# Superpose in odd places: a folder with spaces and other letters, no home, LANG=C, a Turkish locale, a terminal of 20
# columns, a read-only folder, a full disk, a clock that jumps back, one core and 512 MiB of heap. Needs "mvn package"
# first. What a machine cannot do is named as skipped: the full disk needs the right to mount, the clock needs faketime;
# root, who may write everywhere, tries the read-only folder as the user nobody.
set -uo pipefail
cd "$(dirname "$0")/.."
superpose=$PWD/superpose
scratch=$(mktemp -d)
trap 'umount "$scratch/full" 2>/dev/null; chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
faults=0
cat >"$scratch/widths.yaml" <<'END'
experiment: widths
problem: two-and
construction: clipped-and
seeds: 40
cases: [{inputs: 96, outputs: 96}, {inputs: 128, outputs: 128}]
parameters: {width: [90, 100]}
END
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
expect 0 "$digest" "folder with spaces and other letters" \
  "$superpose" build "${network[@]}" -o "$odd/net ж.superpose.zip"
expect 0 "VERIFIED" "verify there" "$superpose" verify "$odd/net ж.superpose.zip"
expect 0 "$digest" "LANG=C" env LANG=C LC_ALL=C "$superpose" build "${network[@]}" -o "$scratch/c.superpose.zip"
expect 0 "VERIFIED" "LANG=C and other letters" env LANG=C LC_ALL=C "$superpose" verify "$odd/net ж.superpose.zip"
expect 0 "$digest" "Turkish locale" \
  env SUPERPOSE_JAVA_OPTIONS="-Duser.language=tr -Duser.country=TR" \
    "$superpose" build "${network[@]}" -o "$scratch/tr.superpose.zip"
expect 0 "VERIFIED" "Turkish run" \
  env SUPERPOSE_JAVA_OPTIONS="-Duser.language=tr -Duser.country=TR" "$superpose" verify "$scratch/tr.superpose.zip"
expect 0 "VERIFIED" "no home folder" \
  env -u HOME SUPERPOSE_JAVA_OPTIONS="-Duser.home=/nonexistent" "$superpose" verify "$scratch/net.superpose.zip"
expect 0 "clipped-and" "terminal of 20 columns" env COLUMNS=20 TERM=dumb "$superpose" list constructions
expect 0 "--construction" "help in a terminal of 20 columns" env COLUMNS=20 "$superpose" build --help
expect 0 "VERIFIED" "progress bars in a terminal of 20 columns" python3 - "$superpose" run quickstart <<'END'
import fcntl, os, pty, struct, sys, termios
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 20, 0, 0))
    os.execv(sys.argv[1], sys.argv[1:])
while True:
    try:
        text = os.read(terminal, 4096)
    except OSError:
        break
    if not text:
        break
    sys.stdout.buffer.write(text)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
END

small=(env SUPERPOSE_JAVA_OPTIONS="-XX:ActiveProcessorCount=1 -Xmx512m")
expect 0 "VERIFIED" "one core and 512 MiB" "${small[@]}" "$superpose" verify "$scratch/net.superpose.zip"
expect 0 "VERIFIED" "an experiment on one core and 512 MiB" "${small[@]}" "$superpose" run quickstart
expect 2 "MiB" "a network that cannot fit 512 MiB" "${small[@]}" "$superpose" build --problem two-and --set inputs=64 \
  --construction clipped-and --set width=100000 -o "$scratch/large.superpose.zip"

expect 2 "" "a folder in the place of a file" "$superpose" build "${network[@]}" -o "$scratch"
expect 0 "VERIFIED" "a sweep that is kept" "$superpose" run "$scratch/widths.yaml" --out "$scratch/locked/kept"
as_other=()
if [ "$(id -u)" = 0 ]; then
  command -v setpriv >/dev/null 2>&1 && as_other=(setpriv --reuid=65534 --regid=65534 --clear-groups)
  chmod a+rx "$scratch" && chmod a+w "$scratch/out"
fi
chmod -R a-w "$scratch/locked"
if "${as_other[@]}" test -w "$scratch/locked"; then
  echo "read-only folder: skipped, this user may write everywhere and there is no setpriv"
else
  expect 2 "not allowed" "build into a read-only folder" \
    "${as_other[@]}" "$superpose" build "${network[@]}" -o "$scratch/locked/net.superpose.zip"
  expect 2 "not allow" "run into a read-only folder" \
    "${as_other[@]}" "$superpose" run "$scratch/widths.yaml" --out "$scratch/locked/new"
  expect 2 "not allow" "resume in a read-only folder" \
    "${as_other[@]}" "$superpose" run "$scratch/widths.yaml" --out "$scratch/locked/kept" --resume
  expect 2 "not allowed" "report into a read-only folder" "${as_other[@]}" "$superpose" report "$scratch/locked/kept"
  expect 0 "VERIFIED" "results from a read-only folder" \
    "${as_other[@]}" "$superpose" results "$scratch/locked/kept" --sql "SELECT verdict FROM measurements"
fi

mkdir "$scratch/full"
if mount -t tmpfs -o size=4k tmpfs "$scratch/full" 2>/dev/null; then
  expect 4 "cannot be written" "build onto a full disk" \
    "$superpose" build "${network[@]}" -o "$scratch/full/net.superpose.zip"
  [ -z "$(ls -A "$scratch/full")" ] || { faults=$((faults + 1)); echo "FAULT: the full disk holds half a file"; }
  umount "$scratch/full"
  mount -t tmpfs -o size=600k tmpfs "$scratch/full"
  expect 4 "could not be written" "run onto a full disk" \
    "$superpose" run "$scratch/widths.yaml" --out "$scratch/full/sweep"
  umount "$scratch/full"
else
  echo "full disk: skipped, mounting is not allowed"
fi

if library=$(find /usr/lib /usr/local/lib -name libfaketime.so.1 2>/dev/null | head -n 1) && [ -n "$library" ]; then
  # The clock of the day only: no system lets the one that measures durations jump.
  faked=(env "LD_PRELOAD=$library" FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_NO_CACHE=1
    "FAKETIME_TIMESTAMP_FILE=$scratch/clock")
  echo "+0" >"$scratch/clock"
  (sleep 2 && echo "-400d" >"$scratch/clock" && sleep 1 && echo "-30000d" >"$scratch/clock" &&
    sleep 1 && echo "-1h" >"$scratch/clock") &
  expect 0 "VERIFIED" "a clock that jumps back during a run" \
    "${faked[@]}" "$superpose" run "$scratch/widths.yaml" --out "$scratch/clocked"
  wait
  echo "-800d" >"$scratch/clock"
  expect 0 "VERIFIED" "resumed in the year before last" \
    "${faked[@]}" "$superpose" run "$scratch/widths.yaml" --out "$scratch/clocked" --resume
  expect 0 "report.html" "a report of it" "$superpose" report "$scratch/clocked" --no-figures
  expect 0 "$digest" "the same network in the year before last" \
    "${faked[@]}" "$superpose" build "${network[@]}" -o "$scratch/then.superpose.zip"
else
  echo "a clock that jumps back: skipped, no libfaketime"
fi
echo "$faults faults"
[ "$faults" = 0 ]
