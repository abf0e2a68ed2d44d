using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Magsag.Analyzers;

/// <summary>The settings of each file of one compilation, read once.</summary>
internal sealed class SettingsOfFiles(AnalyzerConfigOptionsProvider provider)
{
    private readonly ConcurrentDictionary<SyntaxTree, AnalyzerSettings> _settings = new();

    public AnalyzerSettings Of(SyntaxTree file) => _settings.TryGetValue(file, out AnalyzerSettings known)
        ? known
        : _settings.GetOrAdd(file, new AnalyzerSettings(provider.GetOptions(file)));
}
