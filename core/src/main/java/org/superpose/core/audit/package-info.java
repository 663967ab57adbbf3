/**
 * Audits: what a network does on the whole domain, not only whether it is right. An audit counts every wrong input, and
 * tells for each output how far it is from being wrong.
 */
package org.superpose.core.audit;
