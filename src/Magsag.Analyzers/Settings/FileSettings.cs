using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Magsag.Analyzers.Settings;

/// <summary>The settings of each file of one compilation, read once.</summary>
internal sealed class FileSettings(AnalyzerConfigOptionsProvider provider)
{
    private readonly ConcurrentDictionary<SyntaxTree, AnalyzerSettings> _settings = new();

    public AnalyzerSettings Get(SyntaxTree file) => _settings.TryGetValue(file, out AnalyzerSettings known)
        ? known
        : _settings.GetOrAdd(file, new AnalyzerSettings(provider.GetOptions(file)));
}
