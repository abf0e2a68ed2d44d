using Magsag.Cli;

// Asking for the version must not wait for the rest of the tool to load.
if (args is ["--version"] && ToolVersion.TryPrint())
{
    return ExitCode.Passed;
}

using var interruption = Interruption.Listen();
return await CommandLine.RunAsync(args, Terminal.OfThisProcess(), interruption.Token);
