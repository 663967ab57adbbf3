/** The model of computation in superposition and the interfaces that plugins implement. */
package org.superpose.core;
