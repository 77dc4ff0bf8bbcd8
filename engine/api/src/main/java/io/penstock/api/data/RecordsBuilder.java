package io.penstock.api.data;

/** Builds {@link Column.Records}: append one value to each field, then {@link #end} the record. */
public final class RecordsBuilder implements ColumnBuilder {
  private final ValidityBuilder validity = new ValidityBuilder();
  private final ColumnBuilder[] fields;
  private int size;

  RecordsBuilder(Schema schema) {
    fields = new ColumnBuilder[schema.columns()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = ColumnBuilder.of(schema.column(i).type());
    }
  }

  /** How many fields a record has. */
  public int fields() {
    return fields.length;
  }

  /** Where the values of a field are appended. */
  public ColumnBuilder field(int index) {
    return fields[index];
  }

  /** Ends the record; each field must have got its value. */
  public void end() {
    size++;
  }

  /** Ends a record that is null; each field must have got a null. */
  public void endNull() {
    validity.setNull(size++);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void addNull() {
    validity.setNull(size);
    for (ColumnBuilder field : fields) {
      field.truncate(size);
      field.addNull();
    }
    size++;
  }

  @Override
  public void addNulls(int count) {
    validity.setNulls(size, count);
    for (ColumnBuilder field : fields) {
      field.truncate(size);
      field.addNulls(count);
    }
    size += count;
  }

  @Override
  public void truncate(int rows) {
    validity.truncate(rows);
    size = Math.min(size, rows);
    for (ColumnBuilder field : fields) {
      field.truncate(size);
    }
  }

  @Override
  public Column.Records build() {
    Column[] columns = new Column[fields.length];
    for (int i = 0; i < fields.length; i++) {
      columns[i] = fields[i].build();
    }
    Column.Records column = new Column.Records(size, columns, validity.build(size));
    size = 0;
    return column;
  }
}
