/** Problems that users cause or meet: codes, places, texts. */
@NullMarked
package io.penstock.api.problem;

import org.jspecify.annotations.NullMarked;
