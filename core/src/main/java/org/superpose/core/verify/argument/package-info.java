/** Verifiers that prove a network right by an argument over features, without going through the inputs. */
package org.superpose.core.verify.argument;
