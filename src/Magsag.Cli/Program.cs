using Magsag.Cli;

// Asking for the version must not wait for the rest of the tool to load.
return args is ["--version"] && ToolVersion.TryPrint() ? ExitCode.Passed : await CommandLine.RunAsync(args, Terminal.OfThisProcess());
