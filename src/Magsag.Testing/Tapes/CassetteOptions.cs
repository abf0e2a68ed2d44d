namespace Magsag.Testing;

/// <summary>How a client's calls are recorded and replayed.</summary>
public sealed class CassetteOptions
{
    /// <summary>The mode; null for that of the test's attribute, the variable <c>MAGSAG_CASSETTES</c>, the MSBuild property <c>MagsagCassettes</c>, or the default.</summary>
    public CassetteMode? Mode { get; set; }

    /// <summary>Applied, in their order, to each text of a request before it is compared and kept. Empty by default; see <see cref="CassetteNormalizers"/>.</summary>
    public IList<Func<string, string>> Normalize { get; } = [];

    /// <summary>Whether what the provider's own prompt cache read when the call was recorded is priced as read from the cache. False by default, so that the hour of recording doesn't move a baseline.</summary>
    public bool KeepProviderCache { get; set; }

    /// <summary>Whether a request that is made more often than it was recorded gets the last answer again. True by default; false makes it a miss.</summary>
    public bool RepeatLast { get; set; } = true;

    /// <summary>Whether the cassette keeps hashes and token counts instead of prompts. Answers are kept: they are needed to replay. False by default.</summary>
    public bool HashPrompts { get; set; }

    /// <summary>The most bytes that a cassette may have: 1 to 64 MiB, 1 MiB by default.</summary>
    public long MaxFileBytes { get; set; } = 1024 * 1024;

    /// <summary>The host, for tests of the cassettes themselves.</summary>
    internal CassetteHost Host { get; set; } = CassetteHost.Current;

    /// <summary>Where calls are recorded that nothing else records, for tests of the cassettes themselves.</summary>
    internal Action<CostTrackingOptions>? Tracking { get; set; }

    internal static CassetteOptions From(Action<CassetteOptions>? configure)
    {
        var options = new CassetteOptions();
        configure?.Invoke(options);
        return options.MaxFileBytes is < 1 or > CassetteFile.LargestFile
            ? throw new CassetteException(FormattableString.Invariant($"CassetteOptions.MaxFileBytes is {options.MaxFileBytes}; expected 1 to {CassetteFile.LargestFile}."))
            : options;
    }
}
