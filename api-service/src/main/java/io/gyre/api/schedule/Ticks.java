package io.gyre.api.schedule;

import io.gyre.api.observation.InstallationGauges;
import io.gyre.api.rootkey.RootKeyRotation;
import io.gyre.api.waves.CampaignRuns;
import io.gyre.api.webhooks.Deliveries;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What Quartz calls, in one process of the installation at a time; and what each process calls for itself, since it shares the work. A
 * scan that fails is told once, and comes again.
 */
@ApplicationScoped
public class Ticks {
    private static final Logger LOG = Logger.getLogger(Ticks.class);

    private final RotationScan rotations;
    private final KeyRotationScan keyRotations;
    private final DeletionScan deletions;
    private final InstanceScan instances;
    private final AuditHeads auditHeads;
    private final RootKeyRotation rootKey;
    private final CampaignRuns campaigns;
    private final Deliveries deliveries;
    private final InstallationGauges gauges;
    private final ScheduleSettings settings;
    private final Scheduler scheduler;
    private final AtomicBoolean rotationsFail = new AtomicBoolean();
    private final AtomicBoolean keyRotationsFail = new AtomicBoolean();
    private final AtomicBoolean deletionsFail = new AtomicBoolean();
    private final AtomicBoolean instancesFail = new AtomicBoolean();
    private final AtomicBoolean auditHeadsFail = new AtomicBoolean();
    private final AtomicBoolean rootKeyFails = new AtomicBoolean();
    private final AtomicBoolean campaignsFail = new AtomicBoolean();
    private final AtomicBoolean deliveriesFail = new AtomicBoolean();
    private final AtomicBoolean forgettingFails = new AtomicBoolean();
    private final AtomicBoolean countingFails = new AtomicBoolean();
    private volatile boolean running;

    Ticks(
            RotationScan rotations,
            KeyRotationScan keyRotations,
            DeletionScan deletions,
            InstanceScan instances,
            AuditHeads auditHeads,
            RootKeyRotation rootKey,
            CampaignRuns campaigns,
            Deliveries deliveries,
            InstallationGauges gauges,
            ScheduleSettings settings,
            Scheduler scheduler) {
        this.rotations = rotations;
        this.keyRotations = keyRotations;
        this.deletions = deletions;
        this.instances = instances;
        this.auditHeads = auditHeads;
        this.rootKey = rootKey;
        this.campaigns = campaigns;
        this.deliveries = deliveries;
        this.gauges = gauges;
        this.settings = settings;
        this.scheduler = scheduler;
    }

    @Scheduled(
            identity = "rotations-due",
            every = "${gyre.schedule.tick}",
            concurrentExecution = ConcurrentExecution.SKIP,
            executeWith = Scheduled.SIMPLE)
    Uni<Void> beginRotations() {
        return guarded("begins due rotations", rotationsFail, rotations::run);
    }

    @Scheduled(
            identity = "key-rotations-due",
            every = "${gyre.schedule.tick}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> rotateKeys() {
        return guarded("rotates keys that are due", keyRotationsFail, keyRotations::run);
    }

    @Scheduled(
            identity = "deletions-due",
            every = "${gyre.schedule.tick}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> deleteWhatIsPast() {
        return guarded("deletes secrets and keys whose window has passed", deletionsFail, deletions::run);
    }

    @Scheduled(
            identity = "instances-due",
            every = "${gyre.schedule.tick}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> endInstances() {
        return guarded("releases KMS instances and tells of those that end", instancesFail, instances::run);
    }

    @Scheduled(
            identity = "audit-heads-due",
            every = "${gyre.schedule.tick}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> signAuditHeads() {
        return guarded("signs the end of the chain of rotations' steps", auditHeadsFail, auditHeads::run);
    }

    @Scheduled(
            identity = "root-key-rotation",
            every = "${gyre.schedule.tick}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> resealUnderTheCurrentRootKey() {
        return guarded("seals under the current root key what is not", rootKeyFails, rootKey::goOn);
    }

    @Scheduled(
            identity = "campaigns-under-way",
            every = "${gyre.schedule.tick}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> carryCampaignsOn() {
        return guarded("carries campaigns on", campaignsFail, () -> campaigns.goOn(settings.batch()));
    }

    /** In each process: whoever has time sends. A turn that waits for a receiver keeps none of the next turns from the others. */
    @Scheduled(
            identity = "webhook-deliveries-due",
            every = "${gyre.schedule.tick}",
            concurrentExecution = ConcurrentExecution.PROCEED,
            executeWith = Scheduled.SIMPLE)
    Uni<Void> sendDeliveries() {
        return guarded("sends events to webhooks", deliveriesFail, deliveries::sendDue);
    }

    @Scheduled(identity = "webhook-deliveries-past", every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> forgetOldDeliveries() {
        return guarded("forgets old deliveries to webhooks", forgettingFails, deliveries::forgetOld);
    }

    /** In each process: each answers Prometheus by itself. */
    @Scheduled(
            identity = "installation-counted",
            every = "10s",
            concurrentExecution = ConcurrentExecution.SKIP,
            executeWith = Scheduled.SIMPLE)
    Uni<Void> countTheInstallation() {
        return guarded("counts rotations and the outbox for Prometheus", countingFails, gauges::measure);
    }

    /** Until this is called, a tick does nothing: Quartz starts before the calendar has its speed. */
    public void start() {
        running = true;
    }

    /** From here on, a tick does nothing again. */
    public void stop() {
        running = false;
        scheduler.pause();
    }

    private Uni<Void> guarded(String what, AtomicBoolean fails, Supplier<Uni<Void>> scan) {
        if (!running) {
            return Uni.createFrom().voidItem();
        }
        return scan.get()
                .invoke(() -> {
                    if (fails.getAndSet(false)) {
                        LOG.infof("The scan that %s goes on.", what);
                    }
                })
                .onFailure()
                .invoke(failure -> {
                    if (running && !fails.getAndSet(true)) {
                        LOG.warnf("The scan that %s failed (%s); it is tried at every tick.", what, failure);
                    }
                })
                .onFailure()
                .recoverWithNull();
    }
}
