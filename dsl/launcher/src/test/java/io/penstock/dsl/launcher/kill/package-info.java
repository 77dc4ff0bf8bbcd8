/** Kills real processes, or changes the world under them, and judges by what lies outside. */
@NullMarked
package io.penstock.dsl.launcher.kill;

import org.jspecify.annotations.NullMarked;
