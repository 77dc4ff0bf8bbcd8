/** The one declaration of a component, from which parsing, documentation and schema follow. */
@NullMarked
package io.penstock.api.option;

import org.jspecify.annotations.NullMarked;
