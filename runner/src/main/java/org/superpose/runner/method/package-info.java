/** Baselines of other people's methods on networks whose truth is known. */
package org.superpose.runner.method;
