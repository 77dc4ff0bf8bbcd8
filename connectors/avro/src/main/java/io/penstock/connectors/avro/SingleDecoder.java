package io.penstock.connectors.avro;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.format.Block;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.registry.Prefix;
import io.penstock.connectors.registry.RegistryProblem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Decodes one record from all bytes, by the pipeline's schema or by the one whose number stands
 * before it in a registry.
 */
final class SingleDecoder implements Decoder {
  private final Format.Decoding decoding;
  private final Optional<Schema> wanted;
  private final Optional<RegisteredSchemas> registry;
  private final ColumnBuilder[] columns;
  private final Cursor cursor = new Cursor();
  private final Map<Integer, RecordReader> readers = new HashMap<>();

  SingleDecoder(
      Format.Decoding decoding, Optional<Schema> wanted, Optional<RegisteredSchemas> registry) {
    this.decoding = decoding;
    this.wanted = wanted;
    this.registry = registry;
    this.columns = new ColumnBuilder[decoding.schema().columns()];
  }

  @Override
  public int decode(Block block, int from, Rows out) {
    for (int i = 0; i < columns.length; i++) {
      columns[i] = out.column(i);
    }
    try {
      read(block, from);
      out.endRow(from, 0);
    } catch (BadDatum wrong) {
      out.bad(from, block.to(), 0, wrong.code(), wrong.text());
    } catch (RegistryProblem wrong) {
      out.bad(from, block.to(), 0, wrong.code(), wrong.text());
    }
    return block.to();
  }

  private void read(Block block, int from) {
    byte[] bytes = block.bytes();
    if (block.to() - from > decoding.maxRecord()) {
      throw new BadDatum(
          ProblemCode.D107,
          "the record is longer than "
              + decoding.maxRecord()
              + " bytes, the limit of `max_record`");
    }
    RecordReader reader;
    int begin = from;
    if (registry.isPresent()) {
      reader = known(Prefix.number(bytes, from, block.to()), registry.get());
      begin = from + Prefix.LENGTH;
    } else {
      reader = reader(0, wanted.orElseThrow());
    }
    cursor.reset(bytes, begin, block.to());
    reader.read(cursor, i -> columns[i]);
    if (cursor.left() > 0) {
      throw new BadDatum(
          ProblemCode.D101, "behind the record are " + cursor.left() + " bytes more");
    }
    cursor
        .misfit()
        .ifPresent(
            misfit -> {
              throw misfit;
            });
  }

  private RecordReader known(int id, RegisteredSchemas schemas) {
    RecordReader known = readers.get(id);
    return known == null ? reader(id, schemas.of(id)) : known;
  }

  private RecordReader reader(int id, Schema schema) {
    RecordReader known = readers.get(id);
    if (known != null) {
      return known;
    }
    wanted.ifPresent(own -> Schemas.check(schema, own));
    RecordReader made =
        RecordReader.of(
            schema, wanted, decoding.schema(), Optional.empty(), new ValueReaders(decoding));
    readers.put(id, made);
    return made;
  }
}
