/** Builders of networks (theory, sections 4 and 5), and what they have in common when they refuse an instance. */
package org.superpose.constructions;
