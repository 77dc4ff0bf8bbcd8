/** What a person sees of a run: progress, log lines, the summary. */
@NullMarked
package io.penstock.dsl.launcher.display;

import org.jspecify.annotations.NullMarked;
