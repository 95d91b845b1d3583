package io.gyre.api.console;

import io.gyre.api.backup.InstanceBackups;
import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.BackupDesk;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** {@code /console/instances/restore}: takes a backup, and puts everything of it into a new instance. */
@ApplicationScoped
class RestorePage implements FormPage {
    static final String PATH = InstancesPage.PATH + "/restore";

    private static final Operation RESTORE = new Operation("RestoreInstance", PATH);

    private final BackupDesk backups;
    private final ConsoleCalls calls;

    RestorePage(BackupDesk backups, ConsoleCalls calls) {
        this.backups = backups;
        this.calls = calls;
    }

    /**
     * What was typed; passphrase and file are given anew each time.
     *
     * @param refusal why nothing was restored; empty where nothing was asked for
     */
    record Wanted(String name, String days, String refusal) {
        public String address() {
            return ConsoleRoutes.ROOT + PATH;
        }
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public int bodyLimit() {
        return InstanceBackups.LARGEST_FILE + USUAL_LIMIT;
    }

    @Override
    public boolean takesFile() {
        return true;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        return calls.missing(visit, visitor, RESTORE)
                .map(missing ->
                        page(missing.isPresent() ? 403 : 200, visit, visitor, new Wanted("", "", missing.orElse(""))));
    }

    @Override
    public Uni<Answer> submit(Visit visit, Visitor visitor, Form form) {
        String name = form.text("name").trim();
        String days = form.text("days").trim();
        return calls.make(visit, visitor, RESTORE, () -> {
                    byte[] file = form.file().orElseThrow(ConsoleFaults::noFile);
                    return backups.restore(visitor.asCaller(), file, form.text("passphrase"), name, number(days));
                })
                .map(restored -> Answer.goTo(ConsoleRoutes.ROOT + InstancesPage.PATH))
                .onFailure(failure -> failure instanceof RpcFault fault && fault.status() < 500)
                .recoverWithItem(failure -> {
                    RpcFault fault = (RpcFault) failure;
                    return page(fault.status(), visit, visitor, new Wanted(name, days, fault.text()));
                });
    }

    private static Answer page(int status, Visit visit, Visitor visitor, Wanted wanted) {
        return Answer.page(status, Templates.restore(Frame.of("Restore a backup", visit, visitor), wanted));
    }

    /** None where none was given; what is no number is refused by its rule. */
    private static @Nullable Long number(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return 0L;
        }
    }
}
