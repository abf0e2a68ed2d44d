using Magsag.Runtime.Benchmarks;

// `dotnet run -c Release --project bench/Magsag.Runtime.Benchmarks`; records below the system's temporary directory, or below the one that is given.
DirectoryInfo directory = args is [{ } path] ? Directory.CreateDirectory(path).CreateSubdirectory(Guid.NewGuid().ToString("N")) : Directory.CreateTempSubdirectory("magsag-bench-");
try
{
    // First, while the disk has nothing else to do.
    await Throughput.RunAsync(directory.FullName);
    await CallerPath.RunAsync(directory.FullName, threads: 1);
    await CallerPath.RunAsync(directory.FullName, threads: 16);
    await StreamPassThrough.RunAsync(directory.FullName);
}
finally
{
    directory.Delete(recursive: true);
}
