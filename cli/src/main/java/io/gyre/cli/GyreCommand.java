package io.gyre.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code gyre} itself. */
@Command(
        name = "gyre",
        description = "Gyre on one machine: a secrets manager that rotates what it keeps.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            DoctorCommand.class,
            DemoCommand.class,
            ExampleCommand.class,
            RotateCommand.class,
            RotationsCommand.class,
            RotationCommand.class,
            ExplainCommand.class,
            CampaignsCommand.class,
            WebhooksCommand.class,
            DryRunCommand.class,
            DriftCommand.class,
            OrphansCommand.class,
            ScheduleCommand.class,
            BudgetsCommand.class,
            TopicsCommand.class,
            EventsCommand.class,
            DeadLettersCommand.class,
            MayCommand.class,
            ServiceRoleCommand.class,
            ConsoleCommand.class,
            SecretsCommand.class,
            InstancesCommand.class,
            AuditCommand.class,
            RootKeyCommand.class,
            SimulatorCommand.class,
            CompletionCommand.class,
            BenchCommand.class
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:done",
            "1:failed; one sentence on standard error says why",
            "2:the command line is wrong",
            "3:status: not every process runs and is healthy",
            "4:dry-run, campaigns dry-run: a rotation would not begin",
            "5:an order was given, and no rotation worker has taken it within 3 s",
            "6:audit verify: the log was changed, or lines of it are gone",
            "7:drift check: the target refuses a credential; 8: it could not be found out",
            "9:rotate --watch, rotation show --watch: the rotation failed, or waits for a person",
            "10:doctor: something fails; 11: something should be looked at",
            "12:may: it is not allowed",
            "130, 143:ended by Ctrl-C or by SIGTERM, after every process was stopped"
        },
        footer = {"", "gyre COMMAND --help tells more of each."})
final class GyreCommand {

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Add the stack trace to the sentence when something fails.")
    boolean verbose;

    @Option(names = "--help", usageHelp = true, scope = ScopeType.INHERIT, description = "Show this and end.")
    boolean help;
}
