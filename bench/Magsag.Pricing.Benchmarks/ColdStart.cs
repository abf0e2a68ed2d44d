using System.Diagnostics;
using System.Globalization;
using Magsag.Pricing.Catalogue;

namespace Magsag.Pricing.Benchmarks;

/// <summary>What the first price costs in a fresh process, where nothing is compiled yet; a compiler that loads the analyzers pays this once.</summary>
internal static class ColdStart
{
    private const int Runs = 15;
    private const double TargetMilliseconds = 5;

    public static int Run()
    {
        double[] loads = [.. Enumerable.Range(0, Runs).Select(_ => Measure()).Order()];
        double median = loads[Runs / 2];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cold load and first lookup: median {median:0.0} ms, best {loads[0]:0.0} ms of {Runs} processes (includes compiling the code; ratio to the {TargetMilliseconds} ms of a load {median / TargetMilliseconds:0.00})"));
        return 0;
    }

    public static int RunChild()
    {
        var watch = Stopwatch.StartNew();
        ModelPrice? price = PriceCatalog.Embedded.Find("openai/gpt-4o-2024-08-06");
        watch.Stop();
        Console.WriteLine(watch.Elapsed.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        return price is null ? 1 : 0;
    }

    private static double Measure()
    {
        using Process child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, "cold-child") { RedirectStandardOutput = true })!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return double.Parse(output, CultureInfo.InvariantCulture);
    }
}
