/** The {@code Construction} service: ways to build a network for an instance. */
package org.superpose.core.construction;
