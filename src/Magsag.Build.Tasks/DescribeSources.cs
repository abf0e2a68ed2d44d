using System.Text;
using Magsag.Ledger.Sites;
using Microsoft.Build.Framework;
using MSBuildTask = Microsoft.Build.Utilities.Task;

namespace Magsag.Build.Tasks;

/// <summary>Writes the source file that tells the runtime which folders of debug information are which below the source root, and which methods are the team's own wrappers of calls.</summary>
[MSBuildMultiThreadableTask]
public sealed class DescribeSources : MSBuildTask
{
    private const string CostMethodsSetting = "magsag.cost_methods";

    /// <summary>The source root, as a full path.</summary>
    [Required]
    public string SourceRoot { get; set; } = "";

    /// <summary>The source roots that a deterministic build replaces, with <c>MappedPath</c>; the compiler applies them before the PathMap.</summary>
    public ITaskItem[] MappedRoots { get; set; } = [];

    /// <summary>The compiler's PathMap.</summary>
    public string PathMap { get; set; } = "";

    /// <summary>The files of <c>.editorconfig</c> that apply.</summary>
    public ITaskItem[] EditorConfigFiles { get; set; } = [];

    /// <summary>The methods that the project's own settings name, separated by commas or semicolons.</summary>
    public string CostMethods { get; set; } = "";

    /// <summary>The file to write, as a full path; its extension says the language.</summary>
    [Required]
    public string OutputFile { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            byte[] content = new UTF8Encoding(false).GetBytes(Source());
            Directory.CreateDirectory(Path.GetDirectoryName(OutputFile)!);
            if (!File.Exists(OutputFile) || !File.ReadAllBytes(OutputFile).SequenceEqual(content))
            {
                File.WriteAllBytes(OutputFile, content);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Recording works without it; call sites are then named by the test host's source root.
            Log.LogMessage(MessageImportance.Normal, "{0}", $"Call sites can't be described in {OutputFile}: {error.Message}");
        }

        return true;
    }

    private string Source()
    {
        IEnumerable<KeyValuePair<string, string>> roots = MappedRoots
            .Where(static root => root.GetMetadata("NestedRoot").Length == 0)
            .Select(static root => new KeyValuePair<string, string>(root.ItemSpec, root.GetMetadata("MappedPath")))
            .Where(static root => root.Value.Length > 0 && root.Value != root.Key);
        List<KeyValuePair<string, string>> metadata = [new(SourceMap.MetadataKey, SourceMap.Create(SourceRoot, [.. roots, .. SourceMap.ReplacementsIn(PathMap)]).ToString())];
        string[] methods = [.. NamesIn(CostMethods).Concat(EditorConfigFiles.SelectMany(static file => NamesInFile(file.ItemSpec))).Distinct(StringComparer.Ordinal).OrderBy(static name => name, StringComparer.Ordinal)];
        if (methods.Length > 0)
        {
            metadata.Add(new(SourceMap.CostMethodsKey, string.Join(",", methods)));
        }

        return AssemblyMetadataSource.Write(Path.GetExtension(OutputFile), metadata);
    }

    private static IEnumerable<string> NamesInFile(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        return File.ReadLines(path)
            .Select(static line => line.Split(['='], 2))
            .Where(static setting => setting.Length == 2 && string.Equals(setting[0].Trim(), CostMethodsSetting, StringComparison.OrdinalIgnoreCase))
            .SelectMany(static setting => NamesIn(setting[1]));
    }

    private static IEnumerable<string> NamesIn(string list) => list.Split(',', ';').Select(static name => name.Trim()).Where(static name => name.Length > 0);
}
