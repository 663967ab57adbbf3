# What every launcher of Superpose does, in a clone and in an unpacked archive: they read this file. For bash 3.2 or newer.

# Sets java, its version and its major version, or ends with a sentence.
find_java() {
  java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
  if ! java=$(command -v "$java"); then
    echo "superpose: no Java found; install a JDK 17 or newer, or set JAVA_HOME." >&2
    exit 2
  fi
  # What a JDK says of itself in this file saves starting it for that.
  local line
  release="$(dirname "$(dirname "$(real_path "$java")")")/release" version=
  if [ -r "$release" ]; then
    while IFS= read -r line; do
      [[ $line == JAVA_VERSION=* ]] && version=${line#*=} version=${version//\"/}
    done <"$release"
  fi
  [ -n "$version" ] ||
    version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')
  major=${version%%[!0-9]*}
  if ! [ "${major:-0}" -ge 17 ]; then
    echo "superpose: Java ${version:-of unknown version} found; a JDK 17 or newer is needed." >&2
    exit 2
  fi
}

# A path without symbolic links at its end; not every readlink has -f.
real_path() {
  local path=$1 target
  while [ -h "$path" ]; do
    target=$(readlink "$path")
    [[ $target == /* ]] && path=$target || path=$(dirname "$path")/$target
  done
  echo "$(cd "$(dirname "$path")" && pwd -P)/$(basename "$path")"
}

# Java opens only files whose names the locale can spell, and the locale C can spell none beyond ASCII.
widen_locale() {
  if [ "$(locale charmap 2>/dev/null)" = ANSI_X3.4-1968 ]; then
    export LC_ALL=C.UTF-8
  fi
}

# Sets the options of Java that every command has; $1 is the folder of plugins.
set_options() {
  # The Vector API is an incubator module. Superpose loads it itself: --add-modules would make Java warn of it each time.
  options=(--add-exports java.base/jdk.internal.module=ALL-UNNAMED "-Dsuperpose.plugin.dir=$1")
  [ -t 1 ] && options+=(-Dsuperpose.terminal=true) # Java cannot tell
  [ "$major" -ge 22 ] && options+=(--enable-native-access=ALL-UNNAMED)
  [ "$major" -ge 23 ] && options+=(--sun-misc-unsafe-memory-access=allow) # Guava's, which Guice needs
  return 0
}

# Adds an archive of the classes that every command loads, for this JDK and these jars: starting takes a third of the
# time. $1 is the class path, $2 the folder for the archive, $3 a file that is newer than all jars.
add_archive() {
  local archive
  archive="$2/classes-$version-$(cksum <<<"$1" | tr ' ' -).jsa"
  if ! [ "$archive" -nt "$3" ] || ! [ "$archive" -nt "$release" ]; then
    if [ -w "$2" ]; then
      make_archive "$1" "$2" "$archive" || true
    fi
  fi
  # Java ignores an archive that does not fit it, and says so only where it is asked to.
  [ -s "$archive" ] && [ -r "$archive" ] &&
    options+=("-XX:SharedArchiveFile=$archive" -Xshare:auto -Xlog:disable -Xlog:all=error:stderr)
  return 0
}

make_archive() (
  set +e
  scratch=$(mktemp -d "$2/archive.XXXXXX") || exit
  trap 'rm -rf "$scratch"' EXIT
  : >"$scratch/archive" # stays empty where this JDK can make none, so that it is not asked again
  rm -f "$2/classes-$version-"*.jsa
  "$java" "${options[@]}" -XX:DumpLoadedClassList="$scratch/list" -cp "$1" org.superpose.runner.cli.StartUp &&
    "$java" "${options[@]}" -Xshare:dump -XX:+UseG1GC -XX:SharedClassListFile="$scratch/list" \
      -XX:SharedArchiveFile="$scratch/archive" -cp "$1"
  mv -f "$scratch/archive" "$3"
) >/dev/null 2>&1 </dev/null

# Commands that answer at once end before the optimizing compiler is of use, and before much else is worth compiling.
hurry() {
  local word command='' short=''
  for word in "$@"; do
    case $word in
      --help | -h | --version | -V) short=yes ;;
      -*) ;;
      *) [ -n "$command" ] || command=$word ;;
    esac
  done
  case $command in
    list | bounds | doctor | explain | completion | help) short=yes ;;
  esac
  [ -n "$short" ] || return 0
  options+=(-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=4 -XX:+UseSerialGC)
  options+=(-Dguice_bytecode_gen_option=DISABLED)
}

# Becomes the command; $1 is the class path, the rest its arguments.
start() {
  local classpath=$1
  shift
  # shellcheck disable=SC2086 # SUPERPOSE_JAVA_OPTIONS holds several options
  exec "$java" "${options[@]}" ${SUPERPOSE_JAVA_OPTIONS:-} -cp "$classpath" org.superpose.runner.cli.Main "$@"
}
