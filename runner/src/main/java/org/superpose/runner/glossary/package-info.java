/** What the words of results mean, for the command line and for the pages. */
package org.superpose.runner.glossary;
