using Magsag.Cli;

// Asking for the version must not wait for the rest of the tool to load.
if (args is ["--version"])
{
    Console.Out.WriteLine(ToolVersion.Text);
    return ExitCode.Passed;
}

return await CommandLine.RunAsync(args, Terminal.OfThisProcess());
