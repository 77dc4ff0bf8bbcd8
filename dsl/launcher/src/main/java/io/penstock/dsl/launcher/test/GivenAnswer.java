package io.penstock.dsl.launcher.test;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a test lets an outside system answer.
 *
 * @param key the values that are asked by, in the order of the key's parts
 * @param answer the row that is found; empty where there is none
 * @param fails why there is no answer
 */
record GivenAnswer(@Nullable Object[] key, Optional<Entry.Row> answer, Optional<String> fails) {}
