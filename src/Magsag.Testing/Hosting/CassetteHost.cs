using System.Runtime.InteropServices;

namespace Magsag.Testing.Hosting;

/// <summary>What the process says of cassettes: its variables, and what the build wrote into <c>runtimeconfig.json</c>.</summary>
internal sealed record CassetteHost
{
    /// <summary>The variable that chooses a mode.</summary>
    public const string ModeVariable = "MAGSAG_CASSETTES";

    private static readonly string[] CiVariables = ["CI", "TF_BUILD", "GITHUB_ACTIONS", "TEAMCITY_VERSION", "JENKINS_URL"];

    /// <summary>The host of this process.</summary>
    public static CassetteHost Current { get; } = Read(Environment.GetEnvironmentVariable, static name => AppContext.GetData(name) as string, AppContext.BaseDirectory);

    /// <summary>The mode that a variable or the build chose, as they say it.</summary>
    public string? ModeText { get; init; }

    /// <summary>Whether this is a build server.</summary>
    public bool IsCi { get; init; }

    /// <summary>The folder of the project's cassettes.</summary>
    public required string Directory { get; init; }

    public static CassetteHost Read(Func<string, string?> variable, Func<string, string?> build, string baseDirectory)
    {
        string copied = Path.Combine(baseDirectory, "cassettes");
        string? own = build("Magsag.CassettesDirectory") is { Length: > 0 } path ? Path.GetFullPath(path, baseDirectory) : null;

        // Published tests have their cassettes beside them, or nowhere.
        bool isHere = own is not null && (System.IO.Directory.Exists(own) || System.IO.Directory.Exists(Path.GetDirectoryName(own)));
        return new CassetteHost
        {
            ModeText = variable(ModeVariable) is { Length: > 0 } named ? named : build("Magsag.Cassettes") is { Length: > 0 } built ? built : null,
            IsCi = CiVariables.Any(name => variable(name) is { Length: > 0 } value && !value.Equals("false", StringComparison.OrdinalIgnoreCase) && value != "0"),
            Directory = isHere ? own! : copied,
        };
    }

    /// <summary>The mode of a test.</summary>
    /// <param name="chosen">What code or an attribute chose; null for nothing.</param>
    /// <param name="hasKey">Whether a provider could be asked.</param>
    /// <exception cref="CassetteException">The variable or property names no mode.</exception>
    public CassetteMode ModeFor(CassetteMode? chosen, bool hasKey)
    {
        CassetteMode? named = ModeText is null ? null : Parse(ModeText);
        if (IsCi)
        {
            // In CI nothing is written or paid for unless the command that runs there says so.
            return named is { } said && said != CassetteMode.Missing ? chosen is CassetteMode.Drift && said == CassetteMode.Strict ? CassetteMode.Drift : said : chosen is CassetteMode.Drift ? CassetteMode.Drift : CassetteMode.Strict;
        }

        CassetteMode mode = chosen ?? named ?? (hasKey ? CassetteMode.Missing : CassetteMode.Strict);
        return mode == CassetteMode.Missing && !hasKey ? CassetteMode.Strict : mode;
    }

    private static CassetteMode Parse(string text) => text.ToLowerInvariant() switch
    {
        "strict" => CassetteMode.Strict,
        "drift" => CassetteMode.Drift,
        "missing" => CassetteMode.Missing,
        "record" => CassetteMode.Record,
        "live" => CassetteMode.Live,
        _ => throw new CassetteException($"'{text}' is no mode of cassettes: expected strict, drift, missing, record or live in the variable {ModeVariable} or the MSBuild property MagsagCassettes."),
    };
}
