/** Feature sets, their names, and the inputs on which a network has to be right. */
package org.superpose.core.feature;
