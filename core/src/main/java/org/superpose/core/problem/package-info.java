/** Boolean maps to compute: gates, instances, and the {@code Problem} service. */
package org.superpose.core.problem;
