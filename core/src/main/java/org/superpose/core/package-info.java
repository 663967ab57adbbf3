/** The model of computation in superposition and the interfaces that plugins implement. */
@NullMarked
@PluginApi
package org.superpose.core;

import org.jspecify.annotations.NullMarked;
