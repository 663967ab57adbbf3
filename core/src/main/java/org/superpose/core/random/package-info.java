/** The seed tree: all randomness comes from one 64-bit seed, split by name. */
@NullMarked
@PluginApi
package org.superpose.core.random;

import org.jspecify.annotations.NullMarked;
import org.superpose.core.PluginApi;
