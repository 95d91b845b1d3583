package io.gyre.api.ram;

import io.gyre.api.wire.PlainText;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcFault;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;

/** Holds a policy document to RAM's length and to being one JSON object; the evaluator's own check stands in its place. */
@DefaultBean
@ApplicationScoped
class WellFormedDocuments implements PolicyDocuments {
    /** As RAM has it for custom policies, in characters. */
    private static final int LIMIT = 6144;

    @Override
    public void check(String document) {
        if (document.length() > LIMIT) {
            throw RamFaults.invalidLength("PolicyDocument", LIMIT);
        }
        if (document.indexOf('\0') >= 0 || !PlainText.isEncodable(document)) {
            throw RamFaults.malformedPolicy("it must be a text that UTF-8 can carry.");
        }
        try {
            WireJson.object("PolicyDocument", document);
        } catch (RpcFault unreadable) {
            throw RamFaults.malformedPolicy("it must be a JSON object that names no field twice.");
        }
    }
}
