#!/usr/bin/env bash
# Mutation testing of the code: PIT changes the byte code in one place at a time and sees whether a test fails.
#
#   tools/mutation_test.sh [GROUP ...]
#
# Groups: chain enumeration argument arithmetic verify network kernel file model plugins bounds; all of them unless some
# are named. A group meets only the tests of its own packages, so that a surviving mutant costs seconds, not minutes.
# Tests of other packages and modules may still catch it: a score is a lower bound. The report is in
# target/pit-reports/index.html of the module; the next group of the same module replaces it.
# PIT_TIMEOUT_FACTOR=3 keeps slow mutants on a busy machine from counting as killed. Needs the network once, for PIT.
set -euo pipefail
cd "$(dirname "$0")/.."

# Tests of source files and of processes of their own do not meet the mutants.
unaffected='*.PluginApiTest,*.KernelChoiceTest'

pit() { # module, classes, tests
  mvn -B -q -Ppit -Dsuperpose.tests=all -pl "$1" -am test-compile pitest:mutationCoverage \
    "-Dpit.classes=$2" "-Dpit.tests=$3" "-DexcludedTestClasses=$unaffected" "-DtimeoutFactor=${PIT_TIMEOUT_FACTOR:-1.25}"
}

packages() { # prefix, packages...
  local prefix=$1
  shift
  printf "$prefix.%s.*," "$@"
}

core=org.superpose.core
verify=$core.verify
group() {
  local own
  case $1 in
    chain | enumeration | argument) pit core "$verify.$1.*" "$verify.$1.*" ;;
    arithmetic) pit core "$verify.arithmetic.*" "$(packages $verify arithmetic enumeration)" ;;
    verify)
      own=$(printf "$verify.%s*," AutoVerifier Counterexample Coverage InputSampler ResumableVerifier \
        SampledVerifier Verdict VerificationBudget run.)
      pit core "$own" "$own"
      ;;
    network | kernel | file) pit core "$core.$1.*" "$core.$1.*" ;;
    model) pit core "$(packages $core feature problem)" "$(packages $core feature problem)" ;;
    plugins) pit core "$(packages $core random parameter plugin)" "$(packages $core random parameter plugin)" ;;
    bounds) pit bounds "org.superpose.bounds.*" "org.superpose.bounds.*" ;;
    *) echo "there is no group $1"; exit 2 ;;
  esac
}

groups=("$@")
[ ${#groups[@]} = 0 ] &&
  groups=(chain enumeration argument arithmetic verify network kernel file model plugins bounds)
for name in "${groups[@]}"; do
  echo "== $name"
  group "$name"
done
