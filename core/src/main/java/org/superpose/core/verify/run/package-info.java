/** How the work of a verification is split: numbered units in order on several threads, and their sizes. */
package org.superpose.core.verify.run;
