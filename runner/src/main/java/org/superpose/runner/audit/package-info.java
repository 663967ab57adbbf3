/** Audits for people and programs: in words, as JSON, as a page; files of wrong decisions, and files to go on from. */
package org.superpose.runner.audit;
