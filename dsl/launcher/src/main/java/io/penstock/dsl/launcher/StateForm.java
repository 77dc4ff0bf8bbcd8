package io.penstock.dsl.launcher;

/** How the commands about state show things. */
enum StateForm {
  TEXT,
  JSON
}
