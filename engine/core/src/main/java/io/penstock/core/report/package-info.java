/** What a run did, as values. */
@NullMarked
package io.penstock.core.report;

import org.jspecify.annotations.NullMarked;
