#!/usr/bin/env bash
# Has both independent checkers look at the networks of the frontier:
#
#     tools/check_frontier.sh [--best] [--record] [--mutants N] [ROW ...]
#
# Builds each from its certificate in docs/frontier (all rows, or those that are named; with --best only the narrowest
# network of each), the quickest first, compares its digest, proves it, exports it, and checks export and proof by
# check_network.py and checker.c, or checker_disjunct.c or checker_rounding.c where these are for such networks. With --record the digests of those that both find right go into
# docs/frontier/checked.txt at once, from which "superpose frontier" makes the column "checked by"; those that are there
# already are left out, so that a run that was stopped goes on where it was. --mutants N first has both checkers refuse
# N changed and damaged networks and proofs (N = 1000 for a night). Takes hours for all of them. SUPERPOSE names another
# launcher than ./superpose. Status 1 if anything is not as it should be.
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
superpose=${SUPERPOSE:-./superpose}
checked=docs/frontier/checked.txt
best=no record=no mutants=0 rows=()
while [ $# -gt 0 ]; do
  case "$1" in
    --best) best=yes ;;
    --record) record=yes ;;
    --mutants) mutants=$2; shift ;;
    *) rows+=("$1") ;;
  esac
  shift
done
for program in checker checker_disjunct checker_rounding; do
  "${CC:-cc}" -O3 -o "$scratch/$program" "tools/$program.c" -lm
done
if [ "$mutants" -gt 0 ]; then MUTANTS=$mutants SUPERPOSE=$superpose FRONTIER=no .ci/proofs; fi

python3 - "$best" "$record" "$checked" ${rows[@]+"${rows[@]}"} >"$scratch/certificates" <<'END'
import glob, json, os, sys

best, record, checked, rows = sys.argv[1] == "yes", sys.argv[2] == "yes", sys.argv[3], sys.argv[4:]
with open(checked) as file:
    known = {line.split()[0] for line in file if line.strip()} if record else set()
found = []
for path in sorted(glob.glob("docs/frontier/*.json")):
    if rows and os.path.basename(path)[:-len(".json")] not in rows:
        continue
    with open(path) as file:
        certificates = json.load(file)
    for each in [min(certificates, key=lambda c: c["width"])] if best else certificates:
        settings = " ".join(f"--set {name}={value}" for name, value in each["settings"].items())
        if each["digest"] not in known:
            found.append((each["seconds"], " ".join(map(str, (
                each["row"], each["instance"], each["digest"], "--problem", each["problem"], "--construction",
                each["construction"], settings, "--instance-seed", each["instance_seed"], "--seed", each["seed"])))))
print(*(recipe for _, recipe in sorted(found)), sep="\n", end="\n" if found else "")
END

net="$scratch/net"
in_c() { "$scratch/$program" "$net.npz" "$net.proof.zip" 2>&1 | tail -n 1; }
failed=0
while read -r row instance digest recipe; do
  start=$SECONDS
  # shellcheck disable=SC2086 # one word per option
  "$superpose" build $recipe -o "$net.superpose.zip" --force >"$scratch/log" 2>&1 &&
    "$superpose" prove "$net.superpose.zip" -o "$net.proof.zip" --force >>"$scratch/log" 2>&1 &&
    "$superpose" export "$net.superpose.zip" --format npz -o "$net.npz" --force >>"$scratch/log" 2>&1 ||
    { cat "$scratch/log"; echo "FAILED: $row, instance $instance: no proof"; failed=1; continue; }
  built=$((SECONDS - start)) start=$SECONDS
  python3 -c 'import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read("proof.txt").decode())' "$net.proof.zip" \
    >"$net.proof.txt"
  found=$(sed -n 's/^network //p' "$net.proof.txt") program=checker
  if grep -q '^method disjunct$' "$net.proof.txt"; then program=checker_disjunct; fi
  [ "$found" = "$digest" ] || { echo "FAILED: $row, instance $instance: digest $found, not $digest"; failed=1; }
  c=$(in_c) || true
  case "$c" in *"float32 is not exact"*) program=checker_rounding && c=$(in_c) || true ;; esac
  seconds_in_c=$((SECONDS - start)) start=$SECONDS
  python="not asked"
  case "$c" in
    VERIFIED*) python=$(python3 tools/check_network.py "$net.npz" "$net.proof.zip" 2>&1 | tail -n 1) || failed=1 ;;
  esac
  [ "$c" = "$python" ] || failed=1
  if [ "$record $c" = "yes $python" ] && [ "$found" = "$digest" ]; then
    echo "$digest $row $instance" | sort -u -k 2 -k 3n - "$checked" -o "$checked"
  fi
  echo "$row, instance $instance: $program.c: $c ($seconds_in_c s); check_network.py: $python ($((SECONDS - start)) s);" \
    "built and proved in $built s"
done <"$scratch/certificates"
[ "$failed" = 0 ] || { echo "FAILED: see above"; exit 1; }
echo "frontier: all of $(wc -l <"$scratch/certificates") networks checked by both"
