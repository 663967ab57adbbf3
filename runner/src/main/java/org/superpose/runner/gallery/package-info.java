/** A static site of networks, reports and documentation, for people who have nothing but a browser. */
package org.superpose.runner.gallery;
