using Magsag.Runtime.Benchmarks;

// `dotnet run -c Release --project bench/Magsag.Runtime.Benchmarks`; records below the system's temporary directory, or below the one that is given.
DirectoryInfo directory = args is [{ } path] ? Directory.CreateDirectory(path).CreateSubdirectory(Guid.NewGuid().ToString("N")) : Directory.CreateTempSubdirectory("magsag-bench-");
try
{
    await CallerPath.RunAsync(directory.FullName);
    await Throughput.RunAsync(directory.FullName);
}
finally
{
    directory.Delete(recursive: true);
}
