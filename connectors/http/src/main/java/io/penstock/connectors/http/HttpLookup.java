package io.penstock.connectors.http;

import io.penstock.api.lookup.Answers;
import io.penstock.api.lookup.Lookup;
import io.penstock.api.lookup.LookupContext;
import io.penstock.api.lookup.LookupKeys;
import io.penstock.api.problem.ProblemCode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Asks a server for each key. */
final class HttpLookup implements Lookup {
  private final HttpLookupConfig config;
  private @Nullable LookupContext run;
  private @Nullable Client client;

  HttpLookup(HttpLookupConfig config) {
    this.config = config;
  }

  @Override
  public void open(LookupContext context) throws IOException {
    run = context;
    Client.Way way = new Client.Way(config.auth(), config.tls(), context.limits().timeout());
    client = Client.open(way, context.disk(), context.files(), context.clock());
  }

  @Override
  public void ask(LookupKeys keys, Answers into) throws IOException {
    LookupContext opened = java.util.Objects.requireNonNull(run);
    Failure failure = new Failure(opened.step(), ProblemCode.R210, opened.limits().timeout());
    Client by = java.util.Objects.requireNonNull(client);
    new Calls(config, opened, by, failure, new CallKeys(config, keys), into).settle();
  }

  @Override
  public void close() {
    // The client's threads go once nobody refers to it.
    client = null;
  }
}
