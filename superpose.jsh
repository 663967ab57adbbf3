// JShell with everything of Superpose imported. From an unpacked archive:
//   jshell --class-path "lib/*" -R--add-modules=jdk.incubator.vector \
//     -R-Dlogback.configurationFile=org/superpose/runner/cli/log.xml superpose.jsh
// From a clone that was built:
//   jshell --class-path "runner/target/superpose-runner-1.0.0.jar:runner/target/lib/*" (the rest as above)
import java.nio.file.Path
import java.util.List
import java.util.Map
import org.superpose.core.construction.*
import org.superpose.core.feature.*
import org.superpose.core.file.*
import org.superpose.core.network.*
import org.superpose.core.parameter.*
import org.superpose.core.problem.*
import org.superpose.core.random.*
import org.superpose.core.verify.*
import org.superpose.runner.*
import org.superpose.runner.report.*
Superpose superpose = Superpose.builder().build()
System.out.println("superpose.build(map, construction), verify, sweep, search; Problems.define(name) makes a map.")
