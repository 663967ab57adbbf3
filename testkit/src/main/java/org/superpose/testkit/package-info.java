/**
 * The contract test kit: abstract JUnit classes that a plugin author extends with a factory method, and that check what
 * the interfaces only say in words.
 */
@PluginApi
package org.superpose.testkit;

import org.superpose.core.PluginApi;
