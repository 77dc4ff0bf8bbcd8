/** Who may name whom: the arrows between packages, libraries' rooms, and forbidden calls. */
@NullMarked
package io.penstock.dsl.launcher.architecture;

import org.jspecify.annotations.NullMarked;
