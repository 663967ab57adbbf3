/** Feature sets, their names, and the inputs on which a network has to be right. */
@PluginApi
package org.superpose.core.feature;

import org.superpose.core.PluginApi;
