package io.penstock.connectors.redis;

import io.penstock.api.network.Tls;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

/** The way to a server. */
record Way(String server, int database, Optional<Auth> auth, Optional<Tls> tls, Duration timeout) {
  /** Connects and logs in. */
  Connection connect(Disk disk, Files files) throws IOException {
    Connection connection = new Connection(address(), settings(disk, files));
    connection.connect();
    return connection;
  }

  /** Connects and logs in, to hear messages. */
  Subscription subscription(Disk disk, Files files) throws IOException {
    Subscription connection = new Subscription(address(), settings(disk, files));
    connection.connect();
    return connection;
  }

  private HostAndPort address() {
    Address at = Address.of(server).orElseThrow();
    return new HostAndPort(at.host(), at.port());
  }

  private JedisClientConfig settings(Disk disk, Files files) throws IOException {
    int millis = (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis()));
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .resp2()
            .timeoutMillis(millis)
            .database(database)
            // Older servers do not know what that says.
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
    auth.ifPresent(who -> config.user(who.user()).password(who.password()));
    if (tls.isPresent()) {
      secret(tls.get(), tls.get().context(disk, files), config);
    }
    return config.build();
  }

  private static void secret(Tls tls, SSLContext context, DefaultJedisClientConfig.Builder config) {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(tls.minVersion().protocols());
    if (tls.verify() == Tls.Verify.FULL) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    config.ssl(true).sslSocketFactory(context.getSocketFactory());
    config.sslParameters(parameters);
  }

  /** The same way, on which nobody waits for longer. */
  Way within(Duration longest) {
    Duration shorter = timeout.compareTo(longest) < 0 ? timeout : longest;
    return new Way(server, database, auth, tls, shorter);
  }
}
