/** Tests of pipelines: rows in, rows out, no outside system touched. */
@NullMarked
package io.penstock.dsl.launcher.test;

import org.jspecify.annotations.NullMarked;
