package io.gyre.examples.first;

import com.aliyun.tea.TeaException;
import com.aliyuncs.kms.secretsmanager.client.exception.CacheSecretException;
import io.gyre.platform.PlatformException;
import java.io.PrintStream;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How both programs are begun on a terminal: with the name of a secret. What goes wrong is told in one sentence. */
final class Typed {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISTYPED = 2;

    private Typed() {}

    /** What is done with the secret of this name. */
    interface Program {
        void run(String name) throws Exception;
    }

    /** @return the exit status */
    static int run(String[] arguments, Program program, PrintStream err) {
        // The clients log as if they were servers, and by whichever of two libraries is asked first.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        Logger.getLogger("").setLevel(Level.OFF);
        if (arguments.length != 1 || arguments[0].isBlank()) {
            err.println("gyre: Name one secret behind the program, for example my/first.");
            return MISTYPED;
        }
        try {
            program.run(arguments[0]);
            return DONE;
        } catch (PlatformException e) {
            err.println("gyre: " + e.getMessage());
        } catch (TeaException e) {
            err.println("gyre: The secret \"" + arguments[0] + "\" was refused: " + e.getMessage());
        } catch (CacheSecretException e) {
            err.println("gyre: The secret \"" + arguments[0]
                    + "\" cannot be read: is it there (./gyre secrets --kms-1.0), and does"
                    + " Gyre run (./gyre status)?");
        } catch (Exception e) {
            // Its message may quote what was sent.
            err.println("gyre: It was not done: " + e.getClass().getSimpleName() + ". See ./gyre logs.");
        }
        return FAILED;
    }
}
