package io.penstock.connectors.registry;

/** What a registry calls the kinds of schemas. */
public enum SchemaKind {
  AVRO("Avro"),
  JSON("JSON Schema"),
  PROTOBUF("Protobuf");

  private final String title;

  SchemaKind(String title) {
    this.title = title;
  }

  /** The kind in messages. */
  String title() {
    return title;
  }
}
