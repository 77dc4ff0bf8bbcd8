/** Real files of the command's own sources and sinks, on disks that forget, through any crash. */
@NullMarked
package io.penstock.dsl.launcher.simulated;

import org.jspecify.annotations.NullMarked;
