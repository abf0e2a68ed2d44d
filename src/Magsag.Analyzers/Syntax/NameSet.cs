namespace Magsag.Analyzers.Syntax;

/// <summary>Names that are looked for in files before their syntax is read.</summary>
internal sealed class NameSet
{
    private readonly HashSet<string> _names;
    private readonly uint[] _hashes;

    public NameSet(IEnumerable<string> names)
    {
        _names = new HashSet<string>(names, StringComparer.Ordinal);
        _hashes = [.. _names.Select(FileNames.GetHash)];
    }

    /// <summary>True for one of the names.</summary>
    public bool Contains(string? name) => name is not null && _names.Contains(name);

    /// <summary>False when surely none of the names occurs in a file.</summary>
    public bool MayOccurIn(FileNames file)
    {
        foreach (uint hash in _hashes)
        {
            if (file.MayHave(hash))
            {
                return true;
            }
        }

        return false;
    }
}
