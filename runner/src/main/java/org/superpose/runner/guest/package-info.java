/**
 * What stands around plugins that are not Superpose's own: whatever they return or throw, the message names the plugin
 * and its jar, and nobody else fails with them.
 */
package org.superpose.runner.guest;
