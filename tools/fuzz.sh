#!/usr/bin/env bash
# Coverage-guided fuzzing of the readers:
#
#   tools/fuzz.sh [--runs N] [--keep] [READER ...]
#
# A million inputs (--runs) for each of network npz safetensors onnx tensors truth map csv formulas pla blif yaml json
# row-fields store, unless readers are named. "store" changes the tables of a result store, which takes DuckDB some twenty milliseconds for each input.
#
# Starts from the kept inputs (tools/fuzz_corpus.py) and from files that are right. What it finds is in
# target/fuzz/READER; --keep merges into the kept inputs what reaches new code. Ends with 1 if a reader crashes, hangs
# for thirty seconds, or allocates more than the file accounts for; the input is then in target/fuzz, and
# "tools/fuzz_corpus.py add READER FILE" has every build replay it. Needs the network once, for Jazzer.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=1000000
keep=no
readers=()
while [ $# -gt 0 ]; do
  case "$1" in
    --runs) runs=$2; shift ;;
    --keep) keep=yes ;;
    *) readers+=("$1") ;;
  esac
  shift
done
[ ${#readers[@]} = 0 ] && readers=(network npz safetensors onnx tensors truth map csv formulas pla blif yaml json row-fields store)

out=$PWD/target/fuzz
mkdir -p "$out"
echo "-- building"
mvn -q -B -Pfuzz -pl runner -am -DskipTests -Dspotless.check.skip=true test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/fuzz-classpath -Dmdep.includeScope=test >"$out/maven.log" 2>&1 ||
  { cat "$out/maven.log"; exit 1; }
classpath=$PWD/runner/target/test-classes:$PWD/runner/target/classes:$(cat runner/target/fuzz-classpath)

# In memory where that can be had: the files are read and thrown away.
scratch=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
trap 'rm -rf "$scratch"' EXIT
watched='org.superpose.core.file.**:org.superpose.core.network.**'
watched+=':org.superpose.core.problem.**:org.superpose.core.feature.**'
watched+=':org.superpose.interop.**:org.superpose.problems.**'
watched+=':org.superpose.runner.experiment.file.**:org.superpose.runner.foreign.**:org.superpose.runner.store.**'
sanitizers=com.code_intelligence.jazzer.sanitizers
# No regular expression comes from a file, and watching them is slow; wrong SQL is what the store is given on purpose.
unwatched=$sanitizers.RegexRoadblocks:$sanitizers.RegexInjection:$sanitizers.SqlInjection
options=(-Xmx1g --add-modules jdk.incubator.vector "-Djava.io.tmpdir=$scratch" -cp "$classpath")

of_files=org.superpose.runner.hostile.FuzzTarget

target_of() { # reader
  case $1 in
    store) echo org.superpose.runner.store.StoreFuzzTarget ;;
    row-fields) echo org.superpose.runner.store.RowFieldsFuzzTarget ;;
    *) echo $of_files ;;
  esac
}

jazzer() { # reader, arguments of libFuzzer...
  local reader=$1
  shift
  java "${options[@]}" "-Dsuperpose.fuzz.reader=$reader" com.code_intelligence.jazzer.Jazzer \
    --target_class="$(target_of "$reader")" --instrumentation_includes="$watched" "--disabled_hooks=$unwatched" \
    --reproducer_path="$out" -artifact_prefix="$out/$reader-" -timeout=30 -rss_limit_mb=3000 -max_len=16384 "$@"
}

status=0
for reader in "${readers[@]}"; do
  seeds=$scratch/seeds-$reader
  kept=$scratch/kept-$reader
  mkdir -p "$out/$reader" "$seeds"
  tools/fuzz_corpus.py unpack "$reader" "$kept"
  if [ "$(target_of "$reader")" = $of_files ]; then
    java "${options[@]}" $of_files "$reader" "$seeds" >/dev/null 2>&1
  fi
  if jazzer "$reader" -runs="$runs" "$out/$reader" "$kept" "$seeds" >"$out/$reader.log" 2>&1; then
    echo "$reader: $(grep -E '^Done|DONE' "$out/$reader.log" | tr '\n' ' ')"
  else
    status=1
    echo "$reader: FAULT, see $out/$reader.log"
    grep -E '^== Java Exception|^Caused by|crash-|timeout-' "$out/$reader.log" | head -5
  fi
  if [ $keep = yes ]; then
    find "$out/$reader" -type f -size +3000c -delete # what is kept is small
    jazzer "$reader" -merge=1 "$kept" "$out/$reader" >"$out/$reader-merge.log" 2>&1 || status=1
    tools/fuzz_corpus.py pack "$reader" "$kept"
  fi
done
exit $status
