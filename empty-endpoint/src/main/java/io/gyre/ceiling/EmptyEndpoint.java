package io.gyre.ceiling;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Answers on the event loop with nothing: what HTTP alone costs. */
@Path("/")
public class EmptyEndpoint {
    @GET
    @NonBlocking
    @Produces(MediaType.TEXT_PLAIN)
    public String answer() {
        return "";
    }
}
