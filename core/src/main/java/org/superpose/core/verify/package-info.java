/**
 * Verdicts, counterexamples, and the {@code Verifier} service (theory, section 7).
 *
 * <p>Most verifiers of core lie in the packages below this one, which nobody outside sees: they are plugins like any
 * other, and a {@link org.superpose.core.plugin.Catalog} has them by id.
 */
@NullMarked
@PluginApi
package org.superpose.core.verify;

import org.jspecify.annotations.NullMarked;
import org.superpose.core.PluginApi;
