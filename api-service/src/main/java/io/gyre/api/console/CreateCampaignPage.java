package io.gyre.api.console;

import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.CampaignRequest;
import io.gyre.api.operations.CampaignView;
import io.gyre.api.operations.ViewedCampaigns;
import io.gyre.api.waves.NewCampaign;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code /console/campaigns/create}: fixes which secrets are rotated in which wave. Nothing begins by it: its page has the dry run and
 * the button for that.
 */
@ApplicationScoped
class CreateCampaignPage implements FormPage {
    private static final String PATH = CampaignsPage.PATH + "/create";

    private static final Operation CREATE = new Operation("CreateCampaign", CampaignsPage.PATH);
    private static final Operation PROBE = new Operation("ProbeOfCampaign", CampaignsPage.PATH);

    private final ViewedCampaigns campaigns;
    private final ConsoleCalls calls;

    CreateCampaignPage(ViewedCampaigns campaigns, ConsoleCalls calls) {
        this.campaigns = campaigns;
        this.calls = calls;
    }

    /** The form's fields, as they were sent; the empty text is one that was left open. */
    record Wanted(
            String name,
            String secret,
            String type,
            String tag,
            String instance,
            String target,
            String canary,
            String growth,
            String waveLimit,
            String soakMinutes,
            String failures,
            String overlapHours,
            String probe,
            String refusal) {
        static final Wanted FRESH = new Wanted("", "", "", "", "", "", "1", "3", "500", "10", "0", "48", "", "");

        static Wanted of(Form form, String refusal) {
            return new Wanted(
                    form.text("name"),
                    form.text("secret"),
                    form.text("type"),
                    form.text("tag"),
                    form.text("instance"),
                    form.text("target"),
                    form.text("canary"),
                    form.text("growth"),
                    form.text("waveLimit"),
                    form.text("soakMinutes"),
                    form.text("failures"),
                    form.text("overlapHours"),
                    form.text("probe"),
                    refusal);
        }

        /** @throws RpcFault as the operations API refuses it */
        NewCampaign checked() {
            int equals = tag.indexOf('=');
            return new CampaignRequest(
                            given(name),
                            new CampaignView.Selected(
                                    given(type),
                                    given(secret),
                                    given(equals < 0 ? tag : tag.substring(0, equals)),
                                    given(equals < 0 ? "" : tag.substring(equals + 1)),
                                    given(instance),
                                    given(target)),
                            ViewedCampaigns.whole("canary", canary),
                            ViewedCampaigns.whole("growth", growth),
                            ViewedCampaigns.whole("waveLimit", waveLimit),
                            seconds("soakMinutes", soakMinutes, Duration.ofMinutes(1)),
                            ViewedCampaigns.whole("failuresPercent", failures),
                            seconds("overlapHours", overlapHours, Duration.ofHours(1)),
                            given(probe),
                            false)
                    .checked();
        }

        private static @Nullable Long seconds(String field, String text, Duration unit) {
            Long units = ViewedCampaigns.whole(field, text);
            return units == null ? null : units * unit.toSeconds();
        }

        private static @Nullable String given(String text) {
            return text.isBlank() ? null : text.trim();
        }
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        return Uni.createFrom().item(page(200, visit, visitor, Wanted.FRESH));
    }

    @Override
    public Uni<Answer> submit(Visit visit, Visitor visitor, Form form) {
        return calls.make(
                        visit,
                        visitor,
                        CREATE,
                        () -> create(visit, visitor, Wanted.of(form, "").checked()))
                .map(id -> Answer.goTo(CampaignsPage.address(id)))
                .onFailure(failure -> failure instanceof RpcFault fault && fault.status() < 500)
                .recoverWithItem(failure -> {
                    RpcFault fault = (RpcFault) failure;
                    return page(fault.status(), visit, visitor, Wanted.of(form, fault.text()));
                });
    }

    /** Whoever has this process call an address of their choice needs a permission for that alone. */
    private Uni<String> create(Visit visit, Visitor visitor, NewCampaign wanted) {
        Uni<Void> permitted =
                wanted.probe() == null ? Uni.createFrom().voidItem() : calls.permit(visit, visitor, PROBE);
        return permitted
                .chain(() -> campaigns.create(visitor.asCaller(), wanted))
                .map(made -> made.campaign().campaignId().toString());
    }

    private static Answer page(int status, Visit visit, Visitor visitor, Wanted wanted) {
        return Answer.page(status, Templates.createCampaign(Frame.of("Create a campaign", visit, visitor), wanted));
    }
}
