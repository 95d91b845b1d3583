package io.gyre.api.outgoing;

import io.gyre.api.policy.IpRange;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where this process calls because a caller said so: an https URL, or http on the loopback address. It has neither user nor
 * query, which could be a secret that everybody sees who sees the campaign or the webhook.
 *
 * @param url as it was given
 */
public record OutgoingAddress(URI url) {
    /** What a refusal says of the others. */
    public static final String RULE =
            "it must be an https URL, or an http URL of 127.0.0.1, [::1] or localhost, of at most"
                    + " 512 characters, with a port from 1 to 65535 if any, without user, query and fragment; link-local"
                    + " addresses and those that clouds serve metadata at are refused.";

    private static final int LIMIT = 512;
    private static final int LAST_PORT = 65535;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    /**
     * Clouds serve credentials of the machine at them, without a question: 169.254.169.254 and its kin, Alibaba Cloud's
     * 100.100.100.200, AWS' fd00:ec2::254. Then what is no address of one machine, and the ranges of IPv6 in which an address
     * of IPv4 hides.
     */
    private static final List<IpRange> REFUSED = Stream.of(
                    "169.254.0.0/16",
                    "100.100.100.200",
                    "0.0.0.0/8",
                    "224.0.0.0/3",
                    "fe80::/10",
                    "fd00:ec2::/32",
                    "::",
                    "ff00::/8",
                    "64:ff9b::/96",
                    "2002::/16")
            .map(IpRange::of)
            .toList();

    private static final List<IpRange> LOOPBACK =
            Stream.of("127.0.0.0/8", "::1").map(IpRange::of).toList();

    /** Empty for what may not be called. An address that a name stands for is looked at whenever it is called. */
    public static Optional<OutgoingAddress> of(String text) {
        if (text.length() > LIMIT) {
            return Optional.empty();
        }
        try {
            URI url = new URI(text).parseServerAuthority();
            return isPlain(url) && isOfItsScheme(url) && !isRefused(hostOf(url))
                    ? Optional.of(new OutgoingAddress(url))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether whoever may call this URL may connect to an address that its host stands for. */
    public boolean mayConnectTo(String address) {
        return !isRefused(address) && (isSecure() || isLoopback(address));
    }

    public boolean isSecure() {
        return url.getScheme().toLowerCase(Locale.ROOT).equals("https");
    }

    /** Without the brackets of IPv6. */
    public String host() {
        return hostOf(url);
    }

    public int port() {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return isSecure() ? HTTPS_PORT : HTTP_PORT;
    }

    public String path() {
        String path = url.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static boolean isPlain(URI url) {
        return url.getScheme() != null
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && url.getPort() != 0
                && url.getPort() <= LAST_PORT;
    }

    private static boolean isOfItsScheme(URI url) {
        return switch (url.getScheme().toLowerCase(Locale.ROOT)) {
            case "https" -> true;
            case "http" -> hostOf(url).equalsIgnoreCase("localhost") || isLoopback(hostOf(url));
            default -> false;
        };
    }

    private static String hostOf(URI url) {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isRefused(String address) {
        return REFUSED.stream().anyMatch(range -> range.contains(address));
    }

    private static boolean isLoopback(String address) {
        return LOOPBACK.stream().anyMatch(range -> range.contains(address));
    }
}
