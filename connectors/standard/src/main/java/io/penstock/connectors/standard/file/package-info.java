/** Files as source and sink. */
@NullMarked
package io.penstock.connectors.standard.file;

import org.jspecify.annotations.NullMarked;
