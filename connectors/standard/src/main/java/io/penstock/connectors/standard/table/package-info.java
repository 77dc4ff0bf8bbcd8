/** The format of aligned tables. */
@NullMarked
package io.penstock.connectors.standard.table;

import org.jspecify.annotations.NullMarked;
