/** Tests of what tests of pipelines are run with. */
@NullMarked
package io.penstock.dsl.launcher.test;

import org.jspecify.annotations.NullMarked;
