package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference pipelines are valid, pass their tests and run. */
final class PipelinesTest {
  @TempDir Path temporary;
  private Terminal terminal = new Terminal(Path.of(""));

  @BeforeEach
  void copiesPipelinesAndSamples() throws IOException {
    for (String folder : new String[] {"pipelines", "samples"}) {
      Repository.copy(Repository.ROOT.resolve(folder), temporary.resolve(folder));
    }
    terminal = new Terminal(temporary);
  }

  @Test
  void allAreValidToTheStrict() {
    Outcome outcome = terminal.run("validate", "pipelines", "samples");

    assertEquals(0, outcome.code(), outcome::all);
    List<String> lints = outcome.all().lines().filter(line -> line.contains("  W")).toList();
    assertEquals(1, lints.size(), outcome::all);
    // What goes by the clock is warned of, whatever it is for.
    assertTrue(lints.get(0).contains("q12.yaml") && lints.get(0).contains("W520"), outcome::all);
  }

  @Test
  void allPassTheirTests() {
    Outcome outcome = terminal.run("test", "pipelines");

    assertEquals(0, outcome.code(), outcome::all);
  }

  @Test
  void theAccessLogGivesPagesErrorsAndUnreadableLines() throws IOException {
    run("pipelines/web-access-log/pipeline.yaml");

    Path out = temporary.resolve("pipelines/web-access-log/out");
    assertEquals(
        """
        path,views,by_people,visitors,bytes
        /,3,2,2,15360
        /about,1,1,1,0
        /orders,1,1,1,9001
        """,
        Files.readString(out.resolve("pages.csv")));
    assertEquals(2, JsonRows.read(out.resolve("errors.jsonl")).size());
    assertEquals(2, JsonRows.read(out.resolve("unreadable.jsonl")).size());
  }

  @Test
  void logEventsAreWholeAndRequestsHaveABeginAndAnEnd() throws IOException {
    run("pipelines/log-events/pipeline.yaml");

    Path out = temporary.resolve("pipelines/log-events/out");
    JsonRows errors = JsonRows.read(out.resolve("errors.jsonl"));
    assertEquals(1, errors.size());
    assertEquals(
        3, errors.rows().get(0).path("detail").stringValue().split("\n").length, errors::toString);
    assertEquals(
        List.of("a1 500", "a2 200", "a3 null", "b1 201", "b2 200"),
        JsonRows.read(out.resolve("requests.jsonl")).rows().stream()
            .map(
                r ->
                    r.path("request").stringValue()
                        + " "
                        + r.path("status").toString().replace("\"", ""))
            .sorted()
            .toList());
    assertEquals(1, JsonRows.read(out.resolve("broken.jsonl")).size());
  }

  @Test
  void orderCleaningGivesEachGoodOrderOnce() throws IOException {
    run("pipelines/order-cleaning/pipeline.yaml");

    Path out = temporary.resolve("pipelines/order-cleaning/out");
    JsonRows clean = JsonRows.read(out.resolve("orders.jsonl"));
    assertEquals(
        List.of("DE-1001", "FR-1002", "IT-1003", "ES-1009"),
        clean.rows().stream().map(r -> r.path("order_id").stringValue()).toList());
    assertEquals("1250.00", clean.rows().get(0).path("amount").toString());
    assertEquals(6, JsonRows.read(out.resolve("refused.jsonl")).size());
  }

  @Test
  void invoiceLinesShareOutEachDiscountToTheCent() throws IOException {
    run("pipelines/invoice-lines/pipeline.yaml");

    Path out = temporary.resolve("pipelines/invoice-lines/out");
    assertEquals(
        """
        invoice,line,sku,amount,discount,net
        R-1001,1,tea,19.99,3.37,16.62
        R-1001,2,cup,7.50,1.26,6.24
        R-1001,3,pot,32.00,5.37,26.63
        R-1002,1,tea,19.99,0.00,19.99
        R-1003,1,pen,3.00,0.34,2.66
        R-1003,2,ink,3.00,0.33,2.67
        R-1003,3,pad,3.00,0.33,2.67
        R-1005,1,pen,0.01,0.01,0.00
        R-1005,2,ink,0.01,0.00,0.01
        R-1005,3,pad,99.98,0.04,99.94
        """,
        Files.readString(out.resolve("lines.csv")));
    assertEquals(1, JsonRows.read(out.resolve("refused.jsonl")).size());
  }

  @Test
  void flightDelaysGivesWhatTheSampleGives() throws IOException {
    run("pipelines/flight-delays/pipeline.yaml");

    JsonRows rows =
        CsvRows.readNumbers(temporary.resolve("pipelines/flight-delays/out/flight-delays.csv"));
    assertEquals(
        "",
        rows.differenceFrom(
            CsvRows.readNumbers(Repository.resources("samples/flight-delays.csv"))));
  }

  @Test
  void customerChangesAreTakenBackWhereTheyWereTaken() throws IOException {
    run("pipelines/customer-changes/pipeline.yaml");

    Path out = temporary.resolve("pipelines/customer-changes/out");
    assertEquals(
        List.of("DE,1", "FR,1", "country,customers"),
        Files.readAllLines(out.resolve("countries.csv")).stream().sorted().toList());
    assertEquals(
        """
        {"op":"c","before":null,"after":{"id":11,"customer":3,"amount":7.50,"status":"paid"}}
        {"op":"c","before":null,"after":{"id":10,"customer":1,"amount":20.00,"status":"paid"}}
        {"op":"c","before":null,"after":{"id":12,"customer":1,"amount":5.25,"status":"paid"}}
        {"op":"d","before":{"id":11,"customer":3,"amount":7.50,"status":"paid"},"after":null}
        """,
        Files.readString(out.resolve("paid.jsonl")));
    assertEquals(
        """
        {"op":"insert","after":{"customer":1,"orders":2,"revenue":25.25}}
        """,
        Files.readString(out.resolve("revenue.jsonl")));
  }

  @Test
  void sensorReadingsStopsWhenToldAndAlertsMeanwhile() {
    Outcome outcome =
        terminal.run("pipelines/sensor-readings/pipeline.yaml", "--until", "400 rows");

    assertEquals(0, outcome.code(), outcome::all);
    assertTrue(outcome.out().contains("\"level\":\"hot\""), outcome::all);
  }

  @Test
  void liveOrdersStopsWhenToldAndAlertsMeanwhile() {
    Outcome outcome = terminal.run("pipelines/live-orders/pipeline.yaml", "--until", "400 rows");

    assertEquals(0, outcome.code(), outcome::all);
    assertTrue(outcome.out().contains("\"order_id\":\"o-"), outcome::all);
  }

  private void run(String pipeline) {
    Outcome outcome = terminal.run(pipeline);
    assertEquals(0, outcome.code(), outcome::all);
  }
}
