/** The CSV format. */
@NullMarked
package io.penstock.connectors.standard.csv;

import org.jspecify.annotations.NullMarked;
