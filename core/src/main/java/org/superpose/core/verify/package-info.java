/** Verdicts, counterexamples, and the {@code Verifier} service (theory, section 7). */
@PluginApi
package org.superpose.core.verify;

import org.superpose.core.PluginApi;
