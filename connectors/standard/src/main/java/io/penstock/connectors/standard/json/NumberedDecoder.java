package io.penstock.connectors.standard.json;

import io.penstock.api.format.Block;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.registry.Prefix;
import io.penstock.connectors.registry.RegistryClient;
import io.penstock.connectors.registry.RegistryProblem;
import io.penstock.json.JsonProblem;
import io.penstock.json.JsonScanner;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Decodes one record from all bytes behind its number. The registry is asked once for each number,
 * and whether its schema fits the declared one is settled then.
 */
final class NumberedDecoder implements Decoder {
  private final Format.Decoding decoding;
  private final RegistryClient registry;
  private final RecordDecoder records;
  private final JsonScanner scanner = new JsonScanner();
  private final Map<Integer, Optional<String>> verdicts = new HashMap<>();

  NumberedDecoder(Format.Decoding decoding, RegistryClient registry) {
    this.decoding = decoding;
    this.registry = registry;
    this.records = new RecordDecoder(decoding, true);
  }

  @Override
  public int decode(Block block, int from, Rows out) {
    records.into(out);
    try {
      check(Prefix.number(block.bytes(), from, block.to()));
      scanner.reset(block.bytes(), from + Prefix.LENGTH, block.to());
      records.decode(scanner);
      scanner.end();
      out.endRow(from, 0);
    } catch (JsonProblem problem) {
      RecordProblem wrong = RecordProblem.of(problem);
      out.bad(from, block.to(), 0, wrong.code(), wrong.text());
    } catch (RecordProblem wrong) {
      out.bad(from, block.to(), 0, wrong.code(), wrong.text());
    } catch (RegistryProblem wrong) {
      out.bad(from, block.to(), 0, wrong.code(), wrong.text());
    }
    return block.to();
  }

  /** Refuses records of a schema that cannot be what is declared. */
  private void check(int number) {
    Optional<String> verdict = verdicts.get(number);
    if (verdict == null) {
      verdict = JsonSchemaFit.of(registry.byNumber(number).text(), decoding);
      verdicts.put(number, verdict);
    }
    if (verdict.isPresent()) {
      throw new RecordProblem(
          ProblemCode.D132,
          "the schema "
              + number
              + " of the registry does not fit the declared one: "
              + verdict.get());
    }
  }
}
