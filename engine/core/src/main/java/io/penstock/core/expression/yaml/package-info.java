/** YAML as data: the room of SnakeYAML on the engine's side. */
@org.jspecify.annotations.NullMarked
package io.penstock.core.expression.yaml;
