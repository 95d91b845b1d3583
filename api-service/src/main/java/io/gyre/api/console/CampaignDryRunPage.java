package io.gyre.api.console;

import io.gyre.api.operations.CampaignDryRuns.Look;
import io.gyre.api.operations.ViewedCampaigns;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * {@code /console/campaigns/ID/dry-run}: has workers look at the targets of what has not begun, sixteen at a time, each time the button
 * is pressed; nothing is changed, and nothing is kept.
 */
@ApplicationScoped
class CampaignDryRunPage implements FormPage {
    private static final String PART = "/dry-run";

    private final ViewedCampaigns campaigns;
    private final ConsoleCalls calls;

    CampaignDryRunPage(ViewedCampaigns campaigns, ConsoleCalls calls) {
        this.campaigns = campaigns;
        this.calls = calls;
    }

    /**
     * What was seen.
     *
     * @param looked whether anything was looked at yet
     * @param nextToken of what was not looked at yet; empty where that is nothing
     * @param refusal why it was not looked; empty where it was, or nothing was asked for
     */
    record Seen(String id, boolean looked, List<Look> looks, String nextToken, String refusal) {
        public String campaign() {
            return CampaignsPage.address(id);
        }

        public String address() {
            return CampaignDryRunPage.address(id);
        }

        public long passing() {
            return looks.stream().filter(Look::passed).count();
        }

        public boolean more() {
            return !looked || !nextToken.isEmpty();
        }

        public String secret(Look look) {
            return OneSecretPage.address(look.secretName());
        }

        /** What speaks against it; what was seen where nothing does. */
        public String words(Look look) {
            return Optional.ofNullable(look.finding()).orElse(String.join(" ", look.report()));
        }
    }

    static String address(String campaign) {
        return CampaignsPage.address(campaign) + PART;
    }

    @Override
    public String path() {
        return CampaignsPage.PATH + "/*" + PART;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        return calls.make(
                        visit,
                        visitor,
                        OneCampaignPage.describe(visit),
                        () -> campaigns.one(visitor.accountId(), visit.part(1)))
                .map(found -> page(200, visit, visitor, new Seen(visit.part(1), false, List.of(), "", "")));
    }

    @Override
    public Uni<Answer> submit(Visit visit, Visitor visitor, Form form) {
        String id = visit.part(1);
        return calls.make(
                        visit,
                        visitor,
                        OneCampaignPage.operation("DryRunCampaign", visit, PART),
                        () -> campaigns.dryRun(visitor.asCaller(), id, form.text("nextToken")))
                .map(seen -> page(
                        200,
                        visit,
                        visitor,
                        new Seen(
                                id,
                                true,
                                seen.secrets(),
                                Optional.ofNullable(seen.nextToken()).orElse(""),
                                "")))
                .onFailure(
                        failure -> failure instanceof RpcFault fault && fault.status() < 500 && fault.status() != 404)
                .recoverWithItem(failure -> {
                    RpcFault fault = (RpcFault) failure;
                    return page(fault.status(), visit, visitor, new Seen(id, false, List.of(), "", fault.text()));
                });
    }

    private static Answer page(int status, Visit visit, Visitor visitor, Seen seen) {
        return Answer.page(status, Templates.campaignDryRun(Frame.of("Dry run", visit, visitor), seen));
    }
}
