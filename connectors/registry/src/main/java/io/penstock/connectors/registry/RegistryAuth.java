package io.penstock.connectors.registry;

import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Who asks a registry. */
public record RegistryAuth(
    @Option(value = "The user.", matter = Matter.PACE) String user,
    @Option(value = "The password.", secret = true, matter = Matter.PACE) String password)
    implements Config {
  /** As it stands in a header of HTTP. */
  String header() {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }
}
