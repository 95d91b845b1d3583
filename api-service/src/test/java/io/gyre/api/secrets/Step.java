package io.gyre.api.secrets;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that its owner, or a worker, does with a secret. */
sealed interface Step {
    /** Does it to a secret; @return {@link EitherSecret#DONE}, or status and code of the refusal */
    String doneTo(EitherSecret secret) throws Exception;

    /** A secret that steps can be done to: the model, and the one at the service. */
    interface EitherSecret {
        String DONE = "done";

        String create() throws Exception;

        String put(Put put) throws Exception;

        String move(Move move) throws Exception;

        String delete(Delete delete) throws Exception;

        String restore() throws Exception;

        String rotate(Rotate rotate) throws Exception;

        String giveUp() throws Exception;
    }

    record Create() implements Step {
        @Override
        public String doneTo(EitherSecret secret) throws Exception {
            return secret.create();
        }
    }

    /** @param stages null where the request gives none */
    record Put(String version, String data, @Nullable List<String> stages) implements Step {
        @Override
        public String doneTo(EitherSecret secret) throws Exception {
            return secret.put(this);
        }
    }

    record Move(
            String stage, @Nullable String from, @Nullable String to) implements Step {
        @Override
        public String doneTo(EitherSecret secret) throws Exception {
            return secret.move(this);
        }
    }

    record Delete(boolean force) implements Step {
        @Override
        public String doneTo(EitherSecret secret) throws Exception {
            return secret.delete(this);
        }
    }

    record Restore() implements Step {
        @Override
        public String doneTo(EitherSecret secret) throws Exception {
            return secret.restore();
        }
    }

    record Rotate(String version) implements Step {
        @Override
        public String doneTo(EitherSecret secret) throws Exception {
            return secret.rotate(this);
        }
    }

    /** The rotation that runs ends as one that was given up. */
    record GiveUp() implements Step {
        @Override
        public String doneTo(EitherSecret secret) throws Exception {
            return secret.giveUp();
        }
    }
}
