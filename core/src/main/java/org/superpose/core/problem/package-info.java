/** Boolean maps to compute: gates, instances, and the {@code Problem} service. */
@PluginApi
package org.superpose.core.problem;

import org.superpose.core.PluginApi;
