using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// `dotnet run -c Release --project bench/Magsag.Pricing.Benchmarks` runs all; with `cold`, only the start of a fresh process.
switch (args)
{
    case ["cold"]:
        return ColdStart.Run();
    case ["cold-child"]:
        return ColdStart.RunChild();
    default:
        BenchmarkSwitcher.FromAssembly(typeof(PricingBenchmarks).Assembly).Run(
            args.Length == 0 ? ["--filter", "*"] : args,
            // In this process: a generated project would fall under the repository's pinned package versions.
            DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));
        return ColdStart.Run();
}
