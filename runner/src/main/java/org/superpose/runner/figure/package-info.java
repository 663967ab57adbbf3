/** Every plot and picture: described once, drawn as SVG, PNG and interactive page. */
package org.superpose.runner.figure;
