using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Magsag.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Diagnostics.Telemetry;

/// <summary>Magsag and all rules of Meziantou.Analyzer over one project in one run: what each class costs, and what Magsag adds to compiling.</summary>
internal static class BesideMeziantou
{
    private const int Rounds = 3;

    public static async Task RunAsync(IReadOnlyList<MetadataReference> references)
    {
        ImmutableArray<DiagnosticAnalyzer> others = Load();
        var times = new Dictionary<DiagnosticAnalyzer, List<double>>();
        var magsag = new LlmCallAnalyzer();
        List<double> compile = [];
        List<double> added = [];
        for (int round = 0; round <= Rounds; round++)
        {
            double alone = Emit(references);
            double idle = await AnalyzeAsync(references, [new IdleAnalyzer()], null);
            double with = await AnalyzeAsync(references, [magsag], null);
            var found = new Dictionary<DiagnosticAnalyzer, double>();
            await AnalyzeAsync(references, others.Add(magsag), found);

            // The first round only warms up.
            if (round > 0)
            {
                compile.Add(alone);
                added.Add(with - idle);
                foreach ((DiagnosticAnalyzer analyzer, double time) in found)
                {
                    (times.TryGetValue(analyzer, out List<double>? known) ? known : times[analyzer] = []).Add(time);
                }
            }
        }

        double whole = Median(compile);
        double own = Median(times[magsag]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{SampleProject.Files} files, {others.Length} classes of Meziantou.Analyzer, median of {Rounds} rounds"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"compiling                                {whole,8:0.0} ms"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Magsag alone adds                        {Median(added),8:0.0} ms, {Median(added) / whole:0.0 %} of compiling"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Magsag, all rules, beside the others     {own,8:0.0} ms, {own / whole:0.0 %} of compiling"));
        foreach ((string name, double time) in times.Where(entry => entry.Key != magsag).Select(entry => (entry.Key.GetType().Name, Median(entry.Value))).OrderByDescending(entry => entry.Item2).Take(10))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-55} {time,8:0.0} ms, Magsag is {own / time:0.00} of it"));
        }
    }

    private static double Emit(IReadOnlyList<MetadataReference> references)
    {
        long start = Stopwatch.GetTimestamp();
        using var output = new MemoryStream();
        var result = SampleProject.Compile(references).Emit(output);
        double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return result.Success ? elapsed : throw new InvalidOperationException(result.Diagnostics.First(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToString());
    }

    private static async Task<double> AnalyzeAsync(IReadOnlyList<MetadataReference> references, ImmutableArray<DiagnosticAnalyzer> analyzers, Dictionary<DiagnosticAnalyzer, double>? times)
    {
        long start = Stopwatch.GetTimestamp();
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: times is not null);
        CompilationWithAnalyzers analysis = SampleProject.Compile(references).WithAnalyzers(analyzers, options);
        if (times is null)
        {
            // With the compiler's own diagnostics, for which every method is bound anyway.
            await analysis.GetAllDiagnosticsAsync();
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        AnalysisResult result = await analysis.GetAnalysisResultAsync(CancellationToken.None);
        double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        foreach ((DiagnosticAnalyzer analyzer, AnalyzerTelemetryInfo telemetry) in result.AnalyzerTelemetryInfo)
        {
            times[analyzer] = telemetry.ExecutionTime.TotalMilliseconds;
        }

        return elapsed;
    }

    private static ImmutableArray<DiagnosticAnalyzer> Load()
    {
        string packages = typeof(BesideMeziantou).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "PackagesRoot").Value!;
        string path = Path.Combine(packages, "meziantou.analyzer", "3.0.321", "analyzers", "dotnet", "roslyn4.8", "cs", "Meziantou.Analyzer.dll");
        return
        [
            .. Assembly.LoadFrom(path).GetTypes()
                .Where(static type => !type.IsAbstract && type.GetCustomAttribute<DiagnosticAnalyzerAttribute>()?.Languages.Contains(LanguageNames.CSharp) == true)
                .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
        ];
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
