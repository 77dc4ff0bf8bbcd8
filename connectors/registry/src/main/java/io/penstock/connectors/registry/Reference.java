package io.penstock.connectors.registry;

/**
 * What a schema says of another that it is built on.
 *
 * @param name as the schema calls it: a type's name, a file's path
 * @param subject under which the registry has it
 * @param version of the subject, from 1
 */
public record Reference(String name, String subject, int version) {}
