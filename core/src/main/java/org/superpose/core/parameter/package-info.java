/** Parameters that a plugin declares once, and their values. */
@PluginApi
package org.superpose.core.parameter;

import org.superpose.core.PluginApi;
