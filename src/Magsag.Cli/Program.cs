using System.CommandLine;

return await new RootCommand("What language model calls cost: summaries, gates, queries and reports.").Parse(args).InvokeAsync();
