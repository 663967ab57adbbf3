/** Feature sets, their names, and the inputs on which a network has to be right. */
@NullMarked
@PluginApi
package org.superpose.core.feature;

import org.jspecify.annotations.NullMarked;
import org.superpose.core.PluginApi;
