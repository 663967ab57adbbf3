/** Which instances constructions take, and the sentences by which they refuse the others; internal to this module. */
package org.superpose.constructions.admission;
