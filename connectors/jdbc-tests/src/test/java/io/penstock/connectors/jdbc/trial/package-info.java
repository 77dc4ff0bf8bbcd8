/** Whole pipelines that read and write a database. */
@NullMarked
package io.penstock.connectors.jdbc.trial;

import org.jspecify.annotations.NullMarked;
