package io.gyre.benchmarks.durable;

import io.gyre.benchmarks.installation.FourSteps;
import io.gyre.benchmarks.installation.Installation;
import io.gyre.benchmarks.installation.Worker;
import io.gyre.benchmarks.server.Database;
import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.Outcome;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** One worker's engine and its store, as in production. */
final class GyreEngine implements Contender {
    /** Each secret has one active rotation, so a round has as many secrets as sagas; they are spread over these. */
    private static final int TARGETS = 1_000;

    @Override
    public String name() {
        return "Gyre";
    }

    @Override
    public String keeps() {
        return "the request (rotation, timeline entry, two outbox records); the claim; the intent of each step before it"
                + " begins and its outcome together with the next intent, each with a timeline entry and an outbox"
                + " record: five transitions, those of many rotations in one transaction";
    }

    @Override
    public String settings() {
        return "one worker with the settings it has by default: 1,024 rotations in hand, claims of 250, 8 connections";
    }

    @Override
    public Contender.Round open(Database database, int sagas) {
        Installation installation = Installation.in(database, sagas, TARGETS);
        installation.request(sagas);
        return new Round(installation, sagas);
    }

    private final class Round implements Contender.Round {
        private final Installation installation;
        private final CountDownLatch lastSteps;
        private final Worker worker;

        Round(Installation installation, int sagas) {
            this.installation = installation;
            this.lastSteps = new CountDownLatch(sagas);
            this.worker = new Worker(installation, this::answerAtOnce);
        }

        private Uni<Outcome> answerAtOnce(Effect effect, Map<Credential, SecretText> credentials) {
            if (effect instanceof FourSteps.Touch touch && touch.step() == FourSteps.Step.FOURTH) {
                lastSteps.countDown();
            }
            return Uni.createFrom().item(Done.plain());
        }

        @Override
        public void run() {
            worker.start();
            Commits.await(name(), lastSteps, () -> installation.open() == 0);
        }

        @Override
        public void close() {
            worker.close();
        }
    }
}
