/** Builders of networks (theory, sections 4 and 5). */
package org.superpose.constructions;
