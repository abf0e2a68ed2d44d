using Magsag.Cli;
// Printing the version must not wait for the rest of the tool to load.
if (args is ["--version"] && ToolVersion.TryPrint())
{
    return ExitCode.Passed;
}

Terminal terminal;
try
{
    terminal = Terminal.ForProcess();
}
catch (IOException)
{
    Console.Error.WriteLine("magsag: The working directory doesn't exist any more; go to another one.");
    return ExitCode.UnreadableInput;
}

using var interruption = Interruption.Listen();
return await CommandLine.RunAsync(args, terminal, interruption.Token);
