package io.penstock.connectors.http;

import io.penstock.api.option.Config;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import java.util.Optional;

/** With what a server shows who it is, and whom it believes. */
public record ServerTls(
    @Option(value = "A PEM file of the certificate.", matter = Matter.PACE) String certificate,
    @Option(value = "A PEM file of its key (PKCS 8).", matter = Matter.PACE) String key,
    @Option(
            value =
                "A PEM file of authorities: senders must show a certificate of one of them; left out: none.",
            matter = Matter.PACE)
        Optional<String> ca,
    @Option(
            value = "The oldest version that is spoken.",
            byDefault = "tls_1_2",
            matter = Matter.PACE)
        Tls.Version minVersion)
    implements Config {}
