/** Parameters that a plugin declares once, and their values. */
package org.superpose.core.parameter;
