/** Boolean formulas as people write them: parsing with positions, evaluation, and the gates that compute them. */
package org.superpose.problems.formula;
