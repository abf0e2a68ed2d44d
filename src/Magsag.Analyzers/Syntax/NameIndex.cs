using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Syntax;

/// <summary>The words of every file of a compilation, read once and by all who look for names: hardly any file names an SDK, and the others needn't be walked.</summary>
internal sealed class NameIndex(Compilation compilation)
{
    private readonly ConcurrentDictionary<SyntaxTree, FileNames> _files = new();

    /// <summary>The words of a file.</summary>
    public FileNames Get(SyntaxTree file, CancellationToken cancellationToken = default) => _files.TryGetValue(file, out FileNames? names)
        ? names
        : _files.GetOrAdd(file, new FileNames(file.GetText(cancellationToken)));

    /// <summary>The files that may have one of the names.</summary>
    public IEnumerable<SyntaxTree> FindFiles(NameSet names, CancellationToken cancellationToken = default) => compilation.SyntaxTrees.Where(file => names.MayOccurIn(Get(file, cancellationToken)));

    /// <summary>The files that may have a name.</summary>
    public IEnumerable<SyntaxTree> FindFiles(string name)
    {
        uint hash = FileNames.GetHash(name);
        return compilation.SyntaxTrees.Where(file => Get(file).MayHave(hash));
    }

    /// <summary>The files with a step of a pipeline, or a registration, of a certain name.</summary>
    public IEnumerable<SyntaxTree> FindFilesWithStep(Func<string, bool> isStep) => compilation.SyntaxTrees.Where(file => Get(file).Steps.Any(isStep));
}
