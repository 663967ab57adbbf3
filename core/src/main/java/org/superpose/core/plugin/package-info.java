/** What all plugins have in common, and the catalog that finds them. */
@PluginApi
package org.superpose.core.plugin;

import org.superpose.core.PluginApi;
