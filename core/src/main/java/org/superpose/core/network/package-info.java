/** Networks: codes, weight matrices, layers, decoders, and their evaluation by definition. */
@NullMarked
@PluginApi
package org.superpose.core.network;

import org.jspecify.annotations.NullMarked;
import org.superpose.core.PluginApi;
