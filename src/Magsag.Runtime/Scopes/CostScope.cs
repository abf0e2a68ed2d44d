namespace Magsag.Runtime;

/// <summary>Says whom the calls made inside it are to be attributed to. Flows with async calls, tasks and threads begun inside it.</summary>
/// <example><code>using CostScope scope = CostScope.Begin(agent: "triage", customer: ticket.Customer);</code></example>
public sealed class CostScope : IDisposable
{
    private static readonly AsyncLocal<CostScope?> Innermost = new();

    private readonly CostScope? _outer;
    private readonly CostScope? _around;
    private readonly HashSet<CostLedger>? _ledgers;
    private volatile bool _ended;

    // The scope that is current again afterwards, and the one that this one belongs to: two, when work is handed from one flow to another.
    private CostScope(CostScope? outer, string? run, CostScope? around)
    {
        _outer = outer;
        _around = around;

        // A run whose scope has ended by now has its summary written once more, with what is still done for it.
        _ledgers = (run is not null && run != around?.RunId) || around is { _ended: true, RunId: not null } ? [] : null;
    }

    /// <summary>The scope that the current code runs in; null outside any.</summary>
    public static CostScope? Current
    {
        get
        {
            CostScope? scope = Innermost.Value;
            while (scope is { _ended: true })
            {
                scope = scope._outer;
            }

            return scope;
        }
    }

    /// <summary>The agent that makes the calls.</summary>
    public string? Agent { get; private init; }

    /// <summary>The customer (tenant) that the calls are made for.</summary>
    public string? Customer { get; private init; }

    /// <summary>The customer's billing tier.</summary>
    public string? BillingTier { get; private init; }

    /// <summary>The run; null leaves the process's own.</summary>
    public string? RunId { get; private init; }

    /// <summary>The run that this scope's run was begun in.</summary>
    public string? ParentRunId { get; private init; }

    /// <summary>The test.</summary>
    public string? Test { get; private init; }

    /// <summary>All tags, those of outer scopes included.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; private init; }

    /// <summary>Begins a scope. What isn't given is taken over from the scope around it.</summary>
    /// <param name="agent">The agent that makes the calls.</param>
    /// <param name="customer">The customer (tenant) that the calls are made for.</param>
    /// <param name="run">The run; another one than the outer scope's begins a run, whose summary is written when the scope ends.</param>
    /// <param name="tags">Tags to add; one of the same name replaces the outer one.</param>
    /// <param name="billingTier">The customer's billing tier.</param>
    /// <param name="test">The test, where the test framework doesn't provide it by itself.</param>
    /// <returns>The scope; dispose it to end it.</returns>
    public static CostScope Begin(string? agent = null, string? customer = null, string? run = null, IReadOnlyDictionary<string, string>? tags = null, string? billingTier = null, string? test = null)
    {
        CostScope? outer = Current;
        var scope = new CostScope(outer, run, outer)
        {
            Agent = agent ?? outer?.Agent,
            Customer = customer ?? outer?.Customer,
            BillingTier = billingTier ?? outer?.BillingTier,
            RunId = run ?? outer?.RunId,
            ParentRunId = run is null || run == outer?.RunId ? outer?.ParentRunId : outer?.RunId,
            Test = test ?? outer?.Test,
            Tags = Merge(outer?.Tags, tags),
        };
        Innermost.Value = scope;
        return scope;
    }

    /// <summary>Begins the scope that another service sent in the W3C header <c>baggage</c> (<see cref="CostScopeHandler"/>); null when it sent none. Only believe services that may say who pays.</summary>
    /// <remarks>Values above 256 characters or with control characters, and what goes beyond 64 members or 8,192 characters, is left out.</remarks>
    /// <param name="headers">The header's values.</param>
    /// <returns>The scope; dispose it to end it.</returns>
    public static CostScope? BeginFromBaggage(IEnumerable<string?> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return CostBaggage.Begin(headers);
    }

    /// <summary>Goes on in a scope that was remembered elsewhere (<see cref="Current"/>): what a channel or queue hands from one flow to another is then attributed to whom it was begun for.</summary>
    /// <param name="captured">The scope that the work was handed over in; null begins one without any attribution.</param>
    /// <returns>The scope; dispose it when the item is done.</returns>
    /// <example><code>channel.Writer.TryWrite((ticket, CostScope.Current));
    /// // … and where it is read:
    /// using CostScope scope = CostScope.Resume(item.Scope);</code></example>
    public static CostScope Resume(CostScope? captured)
    {
        var scope = new CostScope(Current, null, captured)
        {
            Agent = captured?.Agent,
            Customer = captured?.Customer,
            BillingTier = captured?.BillingTier,
            RunId = captured?.RunId,
            ParentRunId = captured?.ParentRunId,
            Test = captured?.Test,
            Tags = captured?.Tags,
        };
        Innermost.Value = scope;
        return scope;
    }

    /// <summary>Ends the scope. Calls that code begun inside it still makes are attributed to the scope around it. Never throws.</summary>
    public void Dispose()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        if (ReferenceEquals(Innermost.Value, this))
        {
            Innermost.Value = _outer;
        }

        if (_ledgers is null)
        {
            return;
        }

        lock (_ledgers)
        {
            foreach (CostLedger ledger in _ledgers)
            {
                ledger.SummariseRun(RunId!);
            }
        }
    }

    /// <summary>Remembers where the run's records went, so that its summary can be written there.</summary>
    internal void RecordedIn(CostLedger ledger)
    {
        for (CostScope? scope = this; scope is not null; scope = scope._around)
        {
            if (scope._ledgers is { } ledgers)
            {
                lock (ledgers)
                {
                    ledgers.Add(ledger);
                }

                return;
            }
        }
    }

    private static IReadOnlyDictionary<string, string>? Merge(IReadOnlyDictionary<string, string>? outer, IReadOnlyDictionary<string, string>? own)
    {
        if (own is null || own.Count == 0)
        {
            return outer;
        }

        var merged = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> tag in (outer ?? new Dictionary<string, string>()).Concat(own))
        {
            merged[tag.Key] = tag.Value;
        }

        return merged;
    }
}
