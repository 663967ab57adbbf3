# Starts Superpose on Windows, and wherever else there is PowerShell. Needs a JDK 17 or newer, and nothing else.
$ErrorActionPreference = 'Stop'
$superposeHome = Split-Path -Parent $PSScriptRoot

$java = if ($env:JAVA_HOME) { Join-Path $env:JAVA_HOME 'bin/java' } else { 'java' }
if (-not (Get-Command $java -ErrorAction SilentlyContinue)) {
    [Console]::Error.WriteLine('superpose: no Java found; install a JDK 17 or newer, or set JAVA_HOME.')
    exit 2
}
$ErrorActionPreference = 'Continue' # Java prints its properties to standard error
$properties = & $java '-XshowSettings:properties' '-version' 2>&1 | Out-String
$version = if ($properties -match 'java\.specification\.version = (\S+)') { $Matches[1] } else { 'of unknown version' }
$major = 0
if (-not [int]::TryParse($version.Split('.')[0], [ref]$major) -or $major -lt 17) {
    [Console]::Error.WriteLine("superpose: Java $version found; a JDK 17 or newer is needed.")
    exit 2
}

# Superpose loads the Vector API itself: --add-modules would make Java warn of it each time.
$options = @('--add-exports', 'java.base/jdk.internal.module=ALL-UNNAMED', "-Dsuperpose.plugin.dir=$superposeHome/plugins")
if (-not [Console]::IsOutputRedirected) { $options += '-Dsuperpose.terminal=true' }
if ($major -ge 22) { $options += '--enable-native-access=ALL-UNNAMED' }
if ($major -ge 23) { $options += '--sun-misc-unsafe-memory-access=allow' }
if ($env:SUPERPOSE_JAVA_OPTIONS) { $options += -split $env:SUPERPOSE_JAVA_OPTIONS }
$options += @('-cp', "$superposeHome/lib/*", 'org.superpose.runner.cli.Main')
& $java @options @args
exit $LASTEXITCODE
