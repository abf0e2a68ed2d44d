using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Sessions;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Tokens;

namespace Magsag.Testing;

/// <summary>The recorded calls of one test. The running test has one by itself; <see cref="Insert(string, CassetteMode?)"/> opens one for a fixture, or where no test runs.</summary>
/// <remarks>Disposing of it throws <see cref="CassetteMissException"/> when a call was missing, also where the app swallowed the error. Safe for calls at the same time.</remarks>
public sealed class Cassette : IDisposable, IAsyncDisposable
{
    private const string ReplayKey = "replay";

    private static readonly AsyncLocal<Cassette?> Inserted = new();
    private static readonly ConditionalWeakTable<object, Cassette> ByTest = [];
    private static readonly ConcurrentDictionary<string, Cassette> ByPath = new(StringComparer.Ordinal);

    private readonly Lock _gate = new();
    private readonly TapeStore _store;
    private readonly Cassette? _outer;
    private readonly string? _test;
    private readonly CassetteMode? _chosen;
    private readonly Dictionary<(string Key, string Format), int> _asked = [];
    private readonly HashSet<(string Key, int Number, string Format)> _played = [];
    private readonly List<CassetteCall> _calls = [];
    private CassetteException? _failure;
    private bool _hasRecorded;
    private bool _isDisposed;

    static Cassette() => AppDomain.CurrentDomain.ProcessExit += static (_, _) => FinishAll();

    private Cassette(string path, string? test, CassetteMode? chosen, Cassette? outer)
    {
        (FilePath, _test, _chosen, _outer) = (path, test, chosen, outer);
        _store = TapeStore.Open(path);
    }

    /// <summary>The cassette that calls use now: the inserted one, or that of the running test; null outside any.</summary>
    public static Cassette? Current => Find(CassetteHost.Current.Directory);

    /// <summary>The file.</summary>
    public string FilePath { get; }

    /// <summary>The calls that were made through it so far, in the order in which they ended.</summary>
    public IReadOnlyList<CassetteCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>What they cost in US dollars, at today's prices; calls of unknown cost count nothing, and <see cref="Calls"/> tells them.</summary>
    public decimal CostUsd => Calls.Sum(static call => call.CostUsd ?? 0m);

    /// <summary>Opens a cassette for all calls of the current flow, until it is disposed of.</summary>
    /// <param name="name">Its name: the file's, without its ending. Characters that have no place in a file name are replaced.</param>
    /// <param name="mode">The mode; null for that of the variable, the property or the default.</param>
    /// <returns>The cassette.</returns>
    public static Cassette Insert(string name, CassetteMode? mode = null) => Insert(name, mode, CassetteHost.Current.Directory);

    /// <summary>The key to make a client with: the variable's value, or where nothing is asked for live a text that stands for one.</summary>
    /// <param name="variable">The environment variable that holds the key, such as <c>OPENAI_API_KEY</c>.</param>
    /// <returns>The key; never empty.</returns>
    /// <exception cref="CassetteException">Calls are to be made, and the variable isn't set.</exception>
    public static string Key(string variable)
    {
        ArgumentException.ThrowIfNullOrEmpty(variable);
        string? key = Environment.GetEnvironmentVariable(variable);
        CassetteMode mode = CassetteHost.Current.ModeFor(Inserted.Value?._chosen ?? RunningTest.Find()?.Mode, hasKey: !string.IsNullOrEmpty(key));
        if (mode is CassetteMode.Strict or CassetteMode.Drift)
        {
            return ReplayKey;
        }

        if (string.IsNullOrEmpty(key))
        {
            throw new CassetteException($"Calls are to be made (mode {mode}), and the variable {variable} isn't set. Set it to a key, or replay: {CassetteHost.ModeVariable}=strict");
        }

        SecretScan.Note(key, $"the value of {variable}");
        return key;
    }

    /// <summary>Ends it.</summary>
    /// <exception cref="CassetteException">A call was missing, or couldn't be recorded.</exception>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (Inserted.Value == this)
        {
            Inserted.Value = _outer;
        }

        Finish();
        if (_failure is { } failure)
        {
            throw failure is CassetteMissException ? new CassetteMissException(failure.Message) : new CassetteException(failure.Message);
        }
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Opens a cassette in a folder.</summary>
    internal static Cassette Insert(string name, CassetteMode? mode, string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Inserted.Value = new Cassette(CassetteFileName.PathOf(directory, name), RunningTest.Find()?.Name, mode, Inserted.Value);
    }

    /// <summary>The cassette of the current flow; null outside any test and scope.</summary>
    internal static Cassette? Find(string directory)
    {
        if (Inserted.Value is { } inserted)
        {
            return inserted;
        }

        if (RunningTest.Find() is not { } test)
        {
            return null;
        }

        Cassette Make()
        {
            string path = CassetteFileName.PathOf(directory, test.FileName(RecordingHost.Current.TestAssembly));
            return new Cassette(path, test.Name, test.Mode, null);
        }

        Cassette found = test.Identity is { } identity ? ByTest.GetValue(identity, _ => Make()) : ByPath.GetOrAdd(test.Name + test.Arguments, _ => Make());
        ByPath.TryAdd(found.FilePath, found);
        return found;
    }

    /// <summary>Whether a credential is one that <see cref="Key"/> gives where nothing is to be asked live.</summary>
    internal static bool IsReplayKey(string? credential) => credential is not null && credential.EndsWith(ReplayKey, StringComparison.Ordinal);

    /// <summary>The mode of a call.</summary>
    internal CassetteMode ModeFor(CassetteOptions options, bool hasKey) => options.Host.ModeFor(_chosen ?? options.Mode, hasKey);

    /// <summary>Names a request, and counts how often it was made.</summary>
    internal TapedRequest Take(CanonicalRequest request, string format, string? provider, CassetteOptions options)
    {
        CanonicalRequest normalized = RequestKey.Normalize(request, [.. options.Normalize]);
        JsonObject content = normalized.ToJson(RequestKey.LeftOut);
        string key = CanonicalRequest.KeyOf(content);
        lock (_gate)
        {
            int number = _asked[(key, format)] = _asked.GetValueOrDefault((key, format)) + 1;
            return new TapedRequest(normalized, content, key, number, format, provider);
        }
    }

    /// <summary>The recorded answer; null when the call is to be made.</summary>
    /// <exception cref="CassetteMissException">It isn't recorded, and mustn't be made.</exception>
    internal Playback? Play(TapedRequest asked, CassetteMode mode, CassetteOptions options, AnswerForm? form)
    {
        if (mode is CassetteMode.Record or CassetteMode.Live)
        {
            return null;
        }

        CassetteEntry? recorded = _store.Find(asked.Key, asked.Number, asked.Format) ?? (options.RepeatLast ? _store.FindLast(asked.Key, asked.Format) : null);
        if (recorded is not null)
        {
            return Play(recorded, null, options, form);
        }

        if (mode == CassetteMode.Missing && (_hasRecorded || !_store.HasCalls))
        {
            return null;
        }

        if (mode == CassetteMode.Drift && NearestCall.Find(Unplayed(asked.Format), asked.Request, sameShape: true) is { } before && TokenDrift.Between(before, asked.Request, UsageOf(before, form).InputTokens) is { } drift)
        {
            return Play(before, drift, options, form);
        }

        throw Miss(asked, mode);
    }

    /// <summary>Takes note of a call that was made, and keeps it where the mode says so.</summary>
    /// <exception cref="CassetteException">It can't be kept.</exception>
    internal void Record(TapedRequest asked, int status, JsonObject answer, CassetteMode mode, CassetteOptions options, AnswerForm? form)
    {
        var kept = (JsonObject)answer.DeepClone();
        ProviderCache cache = status < 300 ? form?.TakeCache(kept) ?? default : default;
        form?.Strip(kept);
        kept = (JsonObject)Pieces.Ordered(kept)!;
        var entry = new CassetteEntry(asked.Key, asked.Number, asked.Format, options.HashPrompts ? HashedRequest.From(asked.Request, asked.Content) : asked.Content, status, kept) { Provider = asked.Provider, Cache = cache };
        Note(entry, UsageOf(entry, form), isReplayed: false, isDrifted: false);
        if (mode is not (CassetteMode.Record or CassetteMode.Missing))
        {
            return;
        }

        try
        {
            _store.Record(entry, options.MaxFileBytes);
            _hasRecorded = true;
        }
        catch (CassetteException error)
        {
            Fail(error);
            throw;
        }
    }

    /// <summary>Remembers that the test has failed, whatever the app does with the error.</summary>
    internal void Fail(CassetteException error)
    {
        lock (_gate)
        {
            _failure ??= error;
        }

        // The gate's words hold figures and names; what the prompt says stays in the test's own output.
        CassetteLog.Add(new CassetteEvent(CassetteEvent.Missed, Path.GetFileName(FilePath), null, 0) { Test = _test, Text = error is CassetteMissException ? null : error.Message });
    }

    private static void FinishAll()
    {
        foreach (Cassette cassette in ByPath.Values)
        {
            try
            {
                cassette.Finish();
            }
            catch (CassetteException)
            {
                // The calls that are no longer made stay: status names them.
            }
        }
    }

    private void Finish()
    {
        if (_hasRecorded && _failure is null)
        {
            _store.KeepRecorded();
        }
    }

    private IEnumerable<CassetteEntry> Unplayed(string format)
    {
        lock (_gate)
        {
            return _store.Of(format, call => !_played.Contains((call.Key, call.Number, call.Format))).Where(call => !_played.Contains((call.Key, call.Number, call.Format))).ToArray();
        }
    }

    private Playback Play(CassetteEntry recorded, TokenDrift? drift, CassetteOptions options, AnswerForm? form)
    {
        Usage usage = UsageOf(recorded, form);
        if (form is not null && recorded.Status < 300 && usage != default && UsageCheck.Refuse(recorded, usage, form) is { } problem)
        {
            var refused = new CassetteException($"{Path.GetFileName(FilePath)} isn't replayed: {problem} (call {recorded.Key}, number {recorded.Number}). A recorded usage mustn't be edited; record again: {Command()}");
            Fail(refused);
            throw refused;
        }

        var body = (JsonObject)recorded.Answer.DeepClone();
        if (form is not null && drift is { } changed)
        {
            form.SetInput(body, changed.After);
        }

        if (form is not null && options.KeepProviderCache && recorded.Cache != default)
        {
            form.PutCache(body, drift is { } moved ? new ProviderCache(moved.CachedAfter, 0) : recorded.Cache);
        }

        lock (_gate)
        {
            _played.Add((recorded.Key, recorded.Number, recorded.Format));
        }

        Usage played = UsageOf(recorded with { Answer = body }, form);
        decimal? cost = Note(recorded, played, isReplayed: true, isDrifted: drift is not null);
        string? text = drift is { } told ? Describe(recorded, told, CostOf(recorded, usage), cost) : null;
        CassetteLog.Add(new CassetteEvent(drift is null ? CassetteEvent.Played : CassetteEvent.Drifted, Path.GetFileName(FilePath), recorded.Key, recorded.Number) { Test = _test, Text = text });
        return new Playback(recorded, body, drift);
    }

    private string Describe(CassetteEntry recorded, TokenDrift drift, decimal? before, decimal? after)
    {
        long change = drift.After - drift.Before;
        string money = before is { } was && after is { } now ? $"; {MoneyText.Of(was)} → {MoneyText.Of(now)} a call" : "";
        return $"{_test ?? Path.GetFileNameWithoutExtension(FilePath)}: the prompt has changed since it was recorded, {MoneyText.Count(drift.Before)} → {MoneyText.Count(drift.After)} input tokens ({(change < 0 ? "-" : "+")}{MoneyText.Count(Math.Abs(change))}{(drift.IsExact ? "" : ", in proportion")}), output as recorded ({recorded.Model}){money}. Record again: {Command()}";
    }

    private CassetteMissException Miss(TapedRequest asked, CassetteMode mode)
    {
        CassetteEntry? nearest = NearestCall.Find(Unplayed(asked.Format), asked.Request, sameShape: false) ?? NearestCall.Find(_store.Of(asked.Format, static _ => true), asked.Request, sameShape: false);
        string what = nearest is not null ? "Nearest recorded call: " + RequestDifference.Describe(nearest, asked.Request)
            : File.Exists(FilePath) ? "None of its calls is of this kind." : "There is no such file.";
        string why = mode == CassetteMode.Missing && _store.HasCalls ? " A changed prompt isn't paid for again by itself." : "";
        var miss = new CassetteMissException($"{Path.GetFileName(FilePath)} doesn't have this call ({asked.Request.Operation}, {asked.Request.Model ?? "no model"}, mode {mode.ToString().ToLowerInvariant()}). {what}{why} Record again, with a key: {Command()}");
        Fail(miss);
        return miss;
    }

    private string Command() => _test is null ? $"{CassetteHost.ModeVariable}=record dotnet test" : $"{CassetteHost.ModeVariable}=record dotnet test --filter \"FullyQualifiedName~{_test}\"";

    private decimal? Note(CassetteEntry call, in Usage usage, bool isReplayed, bool isDrifted)
    {
        decimal? cost = CostOf(call, usage);
        lock (_gate)
        {
            _calls.Add(new CassetteCall(call.Model, call.Provider, call.Status, usage, cost, isReplayed, isDrifted));
        }

        return cost;
    }

    private static Usage UsageOf(CassetteEntry call, AnswerForm? form) => form is null
        ? ClientUsage.Read(call.Answer)
        : WireUsageReader.Read(System.Text.Json.JsonSerializer.SerializeToElement(call.Answer), call.Provider)?.Usage ?? default;

    private static decimal? CostOf(CassetteEntry call, in Usage usage)
    {
        if (call.Status >= 300)
        {
            return 0m;
        }

        DateTimeOffset now = DateTimeOffset.UtcNow;
        return usage == default || call.Model is not { } model ? null
            : PriceCatalog.Embedded.Find(model, call.Provider)?.AmountOf(new BilledCall(model, usage, new PriceTerms(now, CanonicalJson.Text(call.Answer["service_tier"]), false, null), call.Provider));
    }
}
