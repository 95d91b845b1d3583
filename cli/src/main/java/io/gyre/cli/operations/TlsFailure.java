package io.gyre.cli.operations;

import java.net.URI;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Why nothing was sent to a server that was to prove by its certificate that it is the right one. */
final class TlsFailure {
    private TlsFailure() {}

    /** In one sentence. By then neither the signature nor anything else of the request has left. */
    static String sentence(ServedApi api, URI endpoint, SSLException failure) {
        if (caused(failure, CertificateExpiredException.class)
                || caused(failure, CertificateNotYetValidException.class)) {
            return "The certificate of " + endpoint
                    + " is not valid today, and nothing was sent: give the server another one, or set this machine's clock.";
        }
        if (caused(failure, CertPathBuilderException.class) || caused(failure, CertPathValidatorException.class)) {
            return "The certificate of " + endpoint
                    + " is by no authority that is trusted here, and nothing was sent: name the file of its authority with"
                    + " --authority-file.";
        }
        if (caused(failure, CertificateException.class)) {
            return "The certificate of " + endpoint + " is not for " + endpoint.getHost()
                    + ", and nothing was sent: name the server with " + api.option() + " as its certificate does.";
        }
        return "No TLS 1.2 or 1.3 could be spoken with " + endpoint + ", and nothing was sent (" + failure.getMessage()
                + "): name the port of " + api.port() + " with " + api.option() + ".";
    }

    private static boolean caused(Throwable failure, Class<? extends Throwable> by) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause)
                .anyMatch(by::isInstance);
    }
}
