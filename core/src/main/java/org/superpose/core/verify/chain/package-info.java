/** The verifier of chains of blocks: each block is proved right on the states that the one before it makes. */
package org.superpose.core.verify.chain;
