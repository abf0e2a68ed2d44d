using System.Text;
using Magsag.Gating.Findings;
using Magsag.Gating.Policies;
using Magsag.Ledger.Files;
using Magsag.Yaml;
using Microsoft.Build.Framework;
using MSBuildTask = Microsoft.Build.Utilities.Task;

namespace Magsag.Build.Tasks;

/// <summary>Writes the policy's rules about models where the analyzers find them, so that MAG012 underlines what the policy forbids.</summary>
[MSBuildMultiThreadableTask]
public sealed class WriteModelPolicy : MSBuildTask
{
    private const string Help = "https://github.com/magsag/magsag/blob/main/docs/gate.md#mag205";

    /// <summary>The policy file, as a full path.</summary>
    [Required]
    public string PolicyFile { get; set; } = "";

    /// <summary>The analyzer configuration, as a full path; it is only written when its content changes, so that nothing compiles anew for nothing.</summary>
    [Required]
    public string ConfigFile { get; set; } = "";

    /// <summary>The stamp that says that the configuration is up to date, as a full path.</summary>
    [Required]
    public string StampFile { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            byte[] content = new UTF8Encoding(false).GetBytes(PolicyAnalyzerConfig.TextOf(Yaml.PolicyFile.Read(PolicyFile)));
            Directory.CreateDirectory(Path.GetDirectoryName(ConfigFile)!);
            if (!File.Exists(ConfigFile) || !File.ReadAllBytes(ConfigFile).SequenceEqual(content))
            {
                File.WriteAllBytes(ConfigFile, content);
            }

            File.WriteAllText(StampFile, "");
        }
        catch (UnreadableInputException error)
        {
            Log.LogError(null, GateCode.Unreadable, null, Help, error.File, error.Line, error.Column, 0, 0, "{0}", error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.LogError(null, GateCode.Unreadable, null, Help, PolicyFile, 0, 0, 0, 0, "{0}", $"The policy's rules about models can't be written to {ConfigFile}: {error.Message}");
        }

        return !Log.HasLoggedErrors;
    }
}
