package io.penstock.dsl.launcher.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Provenance;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.Origin;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.Staged;
import io.penstock.api.system.Scheduler;
import io.penstock.core.system.CagedFiles;
import io.penstock.core.system.SystemClock;
import io.penstock.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class TestSinkTest {
  private static final Schema SCHEMA = Schema.of(Field.of("n", DataType.INT));

  private final TestSink sink = new TestSink();

  private void write(long... numbers) {
    Column[] columns = {new Column.Longs(numbers.length, numbers, null)};
    sink.write(SinkRows.of(Batch.of(SCHEMA, numbers.length, columns, Provenance.none("test"))));
  }

  private void begin() {
    VolatileDisk disk = new VolatileDisk();
    sink.open(
        new SinkContext(
            "pipeline",
            "sink",
            "run",
            SCHEMA,
            Optional.empty(),
            disk,
            new CagedFiles(disk, Path.of("/"), Optional.empty(), Origin.file("test")),
            new SystemClock(),
            OutputStream.nullOutputStream(),
            Scheduler.NONE,
            true));
  }

  private static String text(List<Json> rows) {
    return Json.list(rows).toText();
  }

  @Test
  void showsAnEpochOnceHoweverOftenItIsCommitted() {
    begin();
    write(1, 2);
    List<Staged> first = sink.prepare(1);
    write(3);
    sink.commit(1, 0, first);
    sink.commit(1, 0, first);

    assertEquals("[{\"n\":1},{\"n\":2}]", text(sink.rows()));
    assertEquals(OptionalLong.of(1), sink.lastEpoch());
  }

  @Test
  void forgetsWhatADeadLifeHadNotStaged() throws IOException {
    begin();
    write(1);
    List<Staged> first = sink.prepare(1);
    write(2);
    begin();
    sink.commit(1, 0, first);
    sink.abort(2, List.of());
    write(2);
    sink.commit(2, 1, sink.prepare(2));

    assertEquals("[{\"n\":1},{\"n\":2}]", text(sink.rows()));
  }

  @Test
  void showsWhatWasWrittenWhenARunBrokeOff() {
    begin();
    write(1);

    assertEquals("[]", text(sink.rows()));
    assertEquals("[{\"n\":1}]", text(sink.seen()));
  }
}
