/** Parameters that a plugin declares once, and their values. */
@NullMarked
@PluginApi
package org.superpose.core.parameter;

import org.jspecify.annotations.NullMarked;
import org.superpose.core.PluginApi;
