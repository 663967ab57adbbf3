/** Verifiers that go through the inputs of a domain, and the filters that rule many of them out at once. */
package org.superpose.core.verify.enumeration;
