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
            Table table = Table.From(
                "checks",
                "Checks",
                checks,
                [new("subject", "What", static check => check.Subject), new("state", "State", static check => check.State.ToString().ToLowerInvariant()), new("found", "Found", static check => check.Found)]);
            format.Write(Report.List(table), parsed, terminal);
            return Task.FromResult(checks.Any(static check => check.State == CheckState.Wrong) ? ExitCode.WrongUsage : ExitCode.Passed);
        });
        return command;
    }
}
