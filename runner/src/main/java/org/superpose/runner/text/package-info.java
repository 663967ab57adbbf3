/** Text from files of others, made fit to be shown. */
package org.superpose.runner.text;
