/** YAML as data: the room of SnakeYAML on the engine's side. */
@NullMarked
package io.penstock.core.expression.yaml;

import org.jspecify.annotations.NullMarked;
