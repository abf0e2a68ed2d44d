using System.Diagnostics;
using System.Globalization;
using Magsag.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

// What the analyzers add to the analysis of 200 files, beside an analyzer that does nothing: in a project that references
// no SDK, in one that references the SDKs and calls no model, and in one where every file has something to underline.
// With "beside": a project of 1,000 files, and each class of another analyzer package beside Magsag.
// Usage: dotnet run -c Release --project bench/Magsag.Analyzers.Benchmarks [-- beside]
const int Files = 200;
const int Rounds = 21;

const string Plain = "public class C{0} {{ public int M(int a) {{ var list = new System.Collections.Generic.List<int>(); for (int i = 0; i < a; i++) {{ list.Add(i * {0}); }} return list.Count; }} public string S(string s) => s.Trim() + \"{0}\"; }}";
const string Firing = "public class F{0} {{ public async System.Threading.Tasks.Task M(Microsoft.Extensions.AI.IChatClient c, string[] items) {{ foreach (var item in items) {{ await Microsoft.Extensions.AI.ChatClientExtensions.GetResponseAsync(c, item); }} }} public OpenAI.Chat.ChatClient Make() => new OpenAI.Chat.ChatClient(\"gpt-4o\", \"key\"); }}";

string[] loaded = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
MetadataReference[] framework = [.. loaded.Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path))];
MetadataReference[] all = [.. framework, .. loaded.Where(path => Path.GetFileName(path) is "OpenAI.dll" or "System.ClientModel.dll" or "Microsoft.Extensions.AI.dll" or "Microsoft.Extensions.AI.Abstractions.dll" or "Microsoft.Extensions.AI.OpenAI.dll").Select(path => MetadataReference.CreateFromFile(path))];

if (args is ["beside"])
{
    await BesideMeziantou.RunAsync(all);
    return;
}

await CompareAsync("no SDK referenced", Plain, framework);
await CompareAsync("SDKs referenced, no call", Plain, all);
await CompareAsync("three squiggles a file", Plain + Firing, all);

static async Task CompareAsync(string name, string source, MetadataReference[] references)
{
    SyntaxTree[] trees = [.. Enumerable.Range(0, Files).Select(number => CSharpSyntaxTree.ParseText(string.Format(CultureInfo.InvariantCulture, source, number)))];
    var without = new List<double>();
    var with = new List<double>();
    int found = 0;
    for (int round = 0; round < Rounds; round++)
    {
        without.Add(await MeasureAsync(trees, references, new IdleAnalyzer()));
        with.Add(await MeasureAsync(trees, references, new LlmCallAnalyzer(), count => found = count));
    }

    double before = Median(without);
    double after = Median(with);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-26} idle {before,7:0.0} ms, Magsag {after,7:0.0} ms, ratio {after / before:0.000}, {found} squiggles"));
}

static async Task<double> MeasureAsync(SyntaxTree[] trees, MetadataReference[] references, DiagnosticAnalyzer analyzer, Action<int>? counted = null)
{
    Compilation compilation = CSharpCompilation.Create("Bench", trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    long start = Stopwatch.GetTimestamp();
    var diagnostics = await compilation.WithAnalyzers([analyzer]).GetAllDiagnosticsAsync();
    double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    counted?.Invoke(diagnostics.Count(diagnostic => diagnostic.Id.StartsWith("MAG", StringComparison.Ordinal)));
    return elapsed;
}

static double Median(List<double> values)
{
    values.Sort();
    return values[values.Count / 2];
}
