/** Removing weights of verified networks one by one, as long as they compute their map on every input. */
package org.superpose.runner.prune;
