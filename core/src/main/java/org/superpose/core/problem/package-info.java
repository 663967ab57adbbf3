/** Boolean maps to compute: gates, instances, and the {@code Problem} service. */
@NullMarked
@PluginApi
package org.superpose.core.problem;

import org.jspecify.annotations.NullMarked;
import org.superpose.core.PluginApi;
