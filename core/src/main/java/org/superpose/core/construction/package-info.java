/** The {@code Construction} service: ways to build a network for an instance. */
@NullMarked
@PluginApi
package org.superpose.core.construction;

import org.jspecify.annotations.NullMarked;
import org.superpose.core.PluginApi;
