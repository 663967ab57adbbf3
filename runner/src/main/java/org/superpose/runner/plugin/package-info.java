/** Plugins that come as jars in a folder, and the project that a plugin author starts from. */
package org.superpose.runner.plugin;
