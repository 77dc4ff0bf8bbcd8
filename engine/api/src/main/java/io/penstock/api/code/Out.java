package io.penstock.api.code;

/** Where rows go. */
public interface Out {
  /** Passes a row on as it is now; it may be changed and emitted again. */
  void emit(Row row);

  /** A row without fields. */
  Row row();
}
