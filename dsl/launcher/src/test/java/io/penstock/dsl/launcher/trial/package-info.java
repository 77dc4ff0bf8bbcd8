/** The command as its users meet it: conformance, bad inputs, samples, and laws over whole runs. */
@NullMarked
package io.penstock.dsl.launcher.trial;

import org.jspecify.annotations.NullMarked;
