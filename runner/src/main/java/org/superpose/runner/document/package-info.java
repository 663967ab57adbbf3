/** Documents in YAML or JSON whose values know their lines. */
package org.superpose.runner.document;
