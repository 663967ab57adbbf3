/** The seed tree: all randomness comes from one 64-bit seed, split by name. */
@PluginApi
package org.superpose.core.random;

import org.superpose.core.PluginApi;
