package io.gyre.api.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gyre.envelope.Envelope;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.secret.SecretText;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The security tokens of sessions. A token carries all that its session is, sealed under a key that the processes of an
 * installation share: any of them can open it, and nothing is stored.
 */
@ApplicationScoped
public class SessionTokens {
    /** In characters; the largest session policy makes less than half of it. */
    private static final int LIMIT = 16 * 1024;

    private static final JsonMapper JSON = new JsonMapper();

    private final Envelope envelope;

    SessionTokens(Envelope envelope) {
        this.envelope = envelope;
    }

    /**
     * A role on loan.
     *
     * @param roleId ends the session with its role, should the name be given to another
     * @param policy what the session may do at most; null where nothing narrows it
     * @param expiresAt on the operational clock
     */
    public record Session(
            String accountId,
            String roleName,
            String roleId,
            String sessionName,
            @Nullable String policy,
            Instant expiresAt,
            String accessKeyId,
            SecretText secret) {}

    /** What is sealed; its names are kept short since the token travels with every request. */
    private record Content(
            String account,
            String role,
            String roleId,
            String session,
            @Nullable String policy,
            long expires,
            String key,
            String secret) {}

    /** The token, in Base64. */
    public String seal(Session session) {
        try {
            byte[] content = JSON.writeValueAsBytes(new Content(
                    session.accountId(),
                    session.roleName(),
                    session.roleId(),
                    session.sessionName(),
                    session.policy(),
                    session.expiresAt().getEpochSecond(),
                    session.accessKeyId(),
                    session.secret().reveal()));
            return Base64.getEncoder().encodeToString(envelope.sealSession(content));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A session could not be written as JSON.", e);
        }
    }

    /** @throws RpcFault InvalidSecurityToken.Malformed for what {@link #seal} did not make here */
    public Session open(String token) {
        byte[] content = envelope.openSession(sealed(token)).orElseThrow(GatewayFaults::securityTokenMalformed);
        try {
            Content session = JSON.readValue(content, Content.class);
            return new Session(
                    session.account(),
                    session.role(),
                    session.roleId(),
                    session.session(),
                    session.policy(),
                    Instant.ofEpochSecond(session.expires()),
                    session.key(),
                    SecretText.of(session.secret()));
        } catch (IOException e) {
            throw new IllegalStateException("A session that was sealed here is no session.");
        }
    }

    private static byte[] sealed(String token) {
        if (token.length() > LIMIT) {
            throw GatewayFaults.securityTokenMalformed();
        }
        try {
            return Base64.getDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw GatewayFaults.securityTokenMalformed();
        }
    }
}
