package io.penstock.connectors.standard.json;

import io.penstock.api.format.Block;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.json.JsonProblem;
import io.penstock.json.JsonScanner;

/** Decodes one record from a whole file. */
final class DocumentDecoder implements Decoder {
  private final RecordDecoder records;
  private final JsonScanner scanner = new JsonScanner();

  DocumentDecoder(Format.Decoding decoding) {
    records = new RecordDecoder(decoding, true);
  }

  @Override
  public int decode(Block block, int from, Rows out) {
    records.into(out);
    try {
      scanner.reset(block.bytes(), Bom.behind(block), block.to());
      records.decode(scanner);
      scanner.end();
      out.endRow(from, 0);
    } catch (JsonProblem problem) {
      RecordProblem wrong = RecordProblem.of(problem);
      out.bad(from, block.to(), 0, wrong.code(), wrong.text());
    } catch (RecordProblem wrong) {
      out.bad(from, block.to(), 0, wrong.code(), wrong.text());
    }
    return block.to();
  }
}
