/** The model of computation in superposition and the interfaces that plugins implement. */
@PluginApi
package org.superpose.core;
