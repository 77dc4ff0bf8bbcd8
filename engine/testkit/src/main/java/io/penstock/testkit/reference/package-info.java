/**
 * What pipelines give, written from their definition over lists of rows, to compare engines with.
 */
@NullMarked
package io.penstock.testkit.reference;

import org.jspecify.annotations.NullMarked;
