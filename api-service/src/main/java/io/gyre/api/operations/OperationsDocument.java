package io.gyre.api.operations;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Says once what is true of every operation: who may call it, and how a refusal looks. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class OperationsDocument implements OASFilter {
    private static final String SCHEME = "AccessKey";

    private static final Map<String, String> REFUSALS = new TreeMap<>(Map.of(
            "400", "The request cannot be understood, or a value is out of range.",
            "401", "The request is not signed, or its signature is wrong or older than 15 minutes.",
            "403", "The AccessKey is disabled, or may not do this.",
            "404", "There is no such thing.",
            "409", "Not possible in the state in which it is.",
            "413", "The body has more than 16 KiB.",
            "415", "The body is not application/json.",
            "500", "An accident; the server's log has it under the instance that is named.",
            "503", "No rotation worker answered."));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents()
                .addSecurityScheme(
                        SCHEME,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.HEADER)
                                .name("Authorization")
                                .description("ACS3-HMAC-SHA256, as Alibaba Cloud's REST-style APIs are signed, with the"
                                        + " AccessKeys of the KMS API. Signed are method, path, query, the named headers"
                                        + " (x-acs-date, x-acs-signature-nonce and x-acs-content-sha256 at least) and the"
                                        + " hash of the body."));
        document.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(SCHEME));
        document.getPaths().getPathItems().values().forEach(path -> path.getOperations()
                .values()
                .forEach(OperationsDocument::describeRefusals));
    }

    private static void describeRefusals(Operation operation) {
        REFUSALS.forEach(
                (status, description) -> operation.getResponses().addAPIResponse(status, refusal(description)));
    }

    private static APIResponse refusal(String description) {
        Content problem = OASFactory.createContent()
                .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("#/components/schemas/Problem")));
        return OASFactory.createAPIResponse().description(description).content(problem);
    }
}
