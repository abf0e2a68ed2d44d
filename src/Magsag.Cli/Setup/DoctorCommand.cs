namespace Magsag.Cli.Setup;

/// <summary><c>magsag doctor</c></summary>
internal static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("doctor", "Say what is set up wrongly in this repository, and what to do about it: exit code 2 when something can't work.");
        OutputOptions format = OutputOptions.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            SetupCheck[] checks = [.. SetupChecks.All(terminal, cancellationToken)];
            var table = new Table(
                "checks",
                "Checks",
                [new TableColumn("subject", "What"), new TableColumn("state", "State"), new TableColumn("found", "Found")],
                [.. checks.Select(static check => (IReadOnlyList<object?>)[check.Subject, check.State.ToString().ToLowerInvariant(), check.Found])]);
            format.Write(Report.Of(table), parsed, terminal);
            return Task.FromResult(checks.Any(static check => check.State == CheckState.Wrong) ? ExitCode.WrongUsage : ExitCode.Passed);
        });
        return command;
    }
}
