/** Rows for people and reports. */
@NullMarked
package io.penstock.dsl.launcher.rows;

import org.jspecify.annotations.NullMarked;
