package io.gyre.api.waves;

import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.campaign.Campaign;
import io.gyre.api.campaign.CampaignState;
import io.gyre.api.outbox.Outbox;
import io.gyre.event.CampaignChanged;
import io.gyre.event.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Tells Kafka of a campaign, as a part of the transaction that makes it true. */
@ApplicationScoped
class CampaignNews {
    private final InstallationCalendar calendar;
    private final Outbox outbox;

    CampaignNews(InstallationCalendar calendar, Outbox outbox) {
        this.calendar = calendar;
        this.outbox = outbox;
    }

    /**
     * Tells how one stands from now on.
     *
     * @param type the CloudEvents type
     * @param by the AccessKey of whoever ordered it
     */
    Uni<Void> tell(
            Mutiny.StatelessSession session,
            String type,
            CampaignRow row,
            CampaignState state,
            Campaign progress,
            String note,
            @Nullable String by) {
        return tell(session, type, row.id(), row.name(), state, progress, row.secrets(), note, by);
    }

    /** The same of one that has no row yet. */
    Uni<Void> tell(
            Mutiny.StatelessSession session,
            String type,
            UUID id,
            String name,
            CampaignState state,
            Campaign progress,
            int secrets,
            String note,
            @Nullable String by) {
        return calendar.now(session)
                .chain(now -> outbox.put(
                        session,
                        Topics.EVENTS,
                        id.toString(),
                        type,
                        now.wall(),
                        new CampaignChanged(
                                id,
                                name,
                                state.label(),
                                progress.wave(),
                                progress.waves(),
                                secrets,
                                note,
                                by,
                                now.calendar(),
                                now.wall())));
    }
}
