/** Data sets of activations with the true features beside them. */
package org.superpose.interop.dataset;
