/** The {@code Construction} service: ways to build a network for an instance. */
@PluginApi
package org.superpose.core.construction;

import org.superpose.core.PluginApi;
