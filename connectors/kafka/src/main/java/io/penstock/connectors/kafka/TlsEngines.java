package io.penstock.connectors.kafka;

import io.penstock.api.network.Tls;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import java.io.IOException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes what Kafka's clients keep the way to brokers secret with, of the options that all
 * connectors share. Made by the client, by its name; it finds what it needs among the settings.
 */
public final class TlsEngines implements SslEngineFactory {
  private static final String CONTEXT = "penstock.tls.context";
  private static final String PROTOCOLS = "penstock.tls.protocols";
  private static final String VERIFIES = "penstock.tls.verifies";

  private @Nullable SSLContext context;
  private String[] protocols = {};
  private boolean verifies = true;

  /** The settings that make a client use this. */
  static void putInto(Map<String, Object> settings, Tls tls, Disk disk, Files files)
      throws IOException {
    settings.put("ssl.engine.factory.class", TlsEngines.class);
    settings.put(CONTEXT, tls.context(disk, files));
    settings.put(PROTOCOLS, List.of(tls.minVersion().protocols()));
    settings.put(VERIFIES, tls.verify() == Tls.Verify.FULL);
  }

  @Override
  public void configure(Map<String, ?> settings) {
    context = (SSLContext) settings.get(CONTEXT);
    protocols =
        ((List<?>) java.util.Objects.requireNonNull(settings.get(PROTOCOLS)))
            .stream().map(Object::toString).toArray(String[]::new);
    verifies = Boolean.TRUE.equals(settings.get(VERIFIES));
  }

  @Override
  public SSLEngine createClientSslEngine(String host, int port, String identification) {
    SSLEngine engine = java.util.Objects.requireNonNull(context).createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(protocols);
    parameters.setEndpointIdentificationAlgorithm(verifies ? "HTTPS" : "");
    engine.setSSLParameters(parameters);
    return engine;
  }

  @Override
  public SSLEngine createServerSslEngine(String host, int port) {
    throw new IllegalStateException("no server here");
  }

  @Override
  public boolean shouldBeRebuilt(Map<String, Object> next) {
    return false;
  }

  @Override
  public Set<String> reconfigurableConfigs() {
    return Set.of();
  }

  @Override
  public @Nullable KeyStore keystore() {
    return null;
  }

  @Override
  public @Nullable KeyStore truststore() {
    return null;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
