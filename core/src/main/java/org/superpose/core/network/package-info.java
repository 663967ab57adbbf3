/** Networks: codes, weight matrices, layers, decoders, and their evaluation by definition. */
@PluginApi
package org.superpose.core.network;

import org.superpose.core.PluginApi;
