package io.gyre.api.console;

import io.gyre.api.console.ConsoleCalls.Operation;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;

/** A page of which a part changes while somebody looks at it; without a script it says how old it is. */
interface LivePage extends Page {
    /**
     * What it shows.
     *
     * @throws io.gyre.rpc.RpcFault where there can be no such page
     */
    Watched watched(Visit visit, Visitor visitor);

    /** What the visitor has to be permitted, each time something is shown. */
    Operation operation(Visit visit);

    /** The part that changes, as it is now; the same for everybody who may see it. */
    Uni<TemplateInstance> part(Visit visit, Visitor visitor);
}
