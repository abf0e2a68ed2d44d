using Magsag.Runtime.Benchmarks;

// dotnet run -c Release --project bench/Magsag.Runtime.Benchmarks [-- throughput | caller | stream | budgets]
// Records below the system's temporary directory; TMPDIR names another one.
DirectoryInfo directory = Directory.CreateTempSubdirectory("magsag-bench-");
string[] parts = args is [] ? ["throughput", "caller", "stream", "budgets"] : args;
try
{
    // In this order when there are several: throughput first, while the disk has nothing else to do.
    foreach (string part in parts)
    {
        await (part switch
        {
            "throughput" => Throughput.RunAsync(directory.FullName),
            "caller" => CallerPath.RunAsync(directory.FullName),
            "budgets" => Task.Run(Budgets.Run),
            "stream" => StreamPassThrough.RunAsync(directory.FullName),
            _ => throw new ArgumentException($"Expected throughput, caller, stream or budgets; found '{part}'."),
        });
    }
}
finally
{
    directory.Delete(recursive: true);
}
