package io.penstock.connectors.jdbc;

/**
 * A column of a table, as the catalogue has it.
 *
 * @param type the type's name, as the dialect writes it
 * @param size how many digits or characters it has; 0 where that is not said
 * @param scale how many digits after the point
 * @param optional whether it may be null
 * @param filled whether the database gives a value where none is written
 * @param computed whether nothing may be written there
 */
record TableColumn(
    String name,
    String type,
    int size,
    int scale,
    boolean optional,
    boolean filled,
    boolean computed) {}
