/** What all plugins have in common, and the catalog that finds them. */
@NullMarked
@PluginApi
package org.superpose.core.plugin;

import org.jspecify.annotations.NullMarked;
import org.superpose.core.PluginApi;
