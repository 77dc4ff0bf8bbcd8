package io.penstock.bench;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.Format;
import io.penstock.api.format.TextTypes;
import io.penstock.connectors.standard.csv.CsvConfig;
import io.penstock.connectors.standard.csv.Header;
import io.penstock.connectors.standard.json.JsonConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Benchmark data as files hold them: their format, what is read of them, their bytes. */
public enum Encoded {
  /** All fields of the bids. */
  BIDS_JSON,
  /** Three of the seven fields of the bids; the others are passed over. */
  BIDS_JSON_IN_PART,
  /** All fields, with one more, never there, whose name keeps records from the shaped way. */
  BIDS_JSON_ORDINARY,
  /** Station and temperature. */
  TEMPERATURES_CSV,
  /** The same with a text for null, which keeps records from the plain way. */
  TEMPERATURES_CSV_ORDINARY;

  private static final int MOST_OF_A_RECORD = 16 << 20;

  Format format() {
    return switch (this) {
      case BIDS_JSON, BIDS_JSON_IN_PART, BIDS_JSON_ORDINARY -> json();
      case TEMPERATURES_CSV -> csv(Optional.empty());
      case TEMPERATURES_CSV_ORDINARY -> csv(Optional.of("-"));
    };
  }

  Schema schema() {
    return switch (this) {
      case BIDS_JSON, BIDS_JSON_IN_PART -> Schema.of(bids());
      case BIDS_JSON_ORDINARY -> {
        List<Field> fields = new ArrayList<>(bids());
        fields.add(Field.optional("\u00e9", DataType.INT));
        yield Schema.of(fields);
      }
      case TEMPERATURES_CSV, TEMPERATURES_CSV_ORDINARY -> temperatures();
    };
  }

  private Workload workload() {
    return switch (this) {
      case BIDS_JSON, BIDS_JSON_IN_PART, BIDS_JSON_ORDINARY -> Workload.BIDS;
      case TEMPERATURES_CSV, TEMPERATURES_CSV_ORDINARY -> Workload.TEMPERATURES;
    };
  }

  /** The fields that are read; none stands for all. */
  private Set<FieldPath> used() {
    return this == BIDS_JSON_IN_PART
        ? Set.of(FieldPath.of("auction"), FieldPath.of("bidder"), FieldPath.of("price"))
        : Set.of();
  }

  /** What is to be read. */
  Format.Decoding decoding() {
    return new Format.Decoding(
        schema(),
        used(),
        used().isEmpty(),
        Format.UnknownFields.DROP,
        TextTypes.standard(),
        MOST_OF_A_RECORD);
  }

  /** So many records as one block, a whole file. */
  Block block(int rows) {
    SplitMix random = new SplitMix(0);
    Lines lines = new Lines();
    for (int row = 0; row < rows; row++) {
      workload().line(row, random, lines);
    }
    byte[] bytes = lines.toBytes();
    BlockLines numbers = BlockLines.from(1, bytes, 0, bytes.length);
    return new Block(bytes, 0, bytes.length, "made", 0, 0, numbers, true, Map.of());
  }

  private static Format json() {
    return new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE).format();
  }

  private static Format csv(Optional<String> nullText) {
    return new CsvConfig(";", Header.FALSE, "\"", nullText, CsvConfig.QuotedEmpty.EMPTY, false)
        .format();
  }

  private static List<Field> bids() {
    return List.of(
        Field.of("auction", DataType.INT),
        Field.of("bidder", DataType.INT),
        Field.of("price", DataType.INT),
        Field.of("channel", DataType.STRING),
        Field.of("url", DataType.STRING),
        Field.of("dateTime", DataType.TIMESTAMP),
        Field.of("extra", DataType.STRING));
  }

  private static Schema temperatures() {
    return Schema.of(
        Field.of("station", DataType.STRING), Field.of("temperature", DataType.DOUBLE));
  }
}
