/** What all plugins have in common, and the catalog that finds them. */
package org.superpose.core.plugin;
