using System.Collections.Concurrent;
using Magsag.Ledger.Records;
using Magsag.Pricing.Ids;
using Magsag.Pricing.Permissions;

namespace Magsag.Ledger.Limits;

/// <summary>Finds the limits that hold for a call: of limits that state the same thing for the same subject, the one with the most specific name.</summary>
internal sealed class LimitResolver
{
    // A service with many customers must not keep an answer for each of them for ever.
    private const int MostRemembered = 10_000;

    private readonly ILookup<LimitSubject, PolicyLimit> _limits;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _teams;
    private readonly string[] _tags;
    private readonly ConcurrentDictionary<(LimitSubject Subject, string Name, string? Customer), AppliedLimit[]> _known = new();

    public LimitResolver(IReadOnlyList<PolicyLimit> limits, IReadOnlyList<KeyValuePair<string, string>> teams)
    {
        _limits = limits.ToLookup(static limit => limit.Subject);
        _teams = teams;
        _tags = [.. _limits[LimitSubject.Tag].Select(static limit => TagOf(limit.Name!)).Distinct(StringComparer.Ordinal)];
    }

    public IReadOnlyList<AppliedLimit> LimitsFor(CallAttribution call)
    {
        List<AppliedLimit> found = [];
        Add(found, LimitSubject.Everything, "", call);
        Add(found, LimitSubject.Agent, call.Agent, call);
        Add(found, LimitSubject.Model, call.Model, call);
        Add(found, LimitSubject.Customer, call.Customer, call);
        Add(found, LimitSubject.BillingTier, call.BillingTier, call);
        if (_limits.Contains(LimitSubject.Team))
        {
            Add(found, LimitSubject.Team, TeamOf(call), call);
        }

        foreach (string tag in _tags)
        {
            Add(found, LimitSubject.Tag, $"{tag}={(call.Tags is { } tags && tags.TryGetValue(tag, out string? value) ? value : "")}", call);
        }

        return found;
    }

    private string? TeamOf(CallAttribution call)
    {
        foreach (KeyValuePair<string, string> team in _teams)
        {
            if (ModelPattern.Matches(team.Value, call.Agent ?? "", StringComparison.Ordinal))
            {
                return team.Key;
            }
        }

        return call.Tags is { } tags && tags.TryGetValue("team", out string? tagged) ? tagged : null;
    }

    private void Add(List<AppliedLimit> found, LimitSubject subject, string? name, CallAttribution call)
    {
        if (!_limits.Contains(subject))
        {
            return;
        }

        if (_known.Count > MostRemembered)
        {
            _known.Clear();
        }

        // Only limits that each customer has for itself depend on the customer.
        string? customer = subject is LimitSubject.BillingTier or LimitSubject.Team or LimitSubject.Tag ? call.Customer : null;
        found.AddRange(_known.GetOrAdd((subject, name ?? "", customer), key => Resolve(key.Subject, key.Name, key.Customer)));
    }

    private AppliedLimit[] Resolve(LimitSubject subject, string name, string? customer) =>
    [
        .. _limits[subject]
            .GroupBy(static limit => limit.Kind)
            .Select(alike => NameRank.Best(alike, static limit => limit.Name ?? PolicyLimit.DefaultName, name, subject == LimitSubject.Model))
            .Where(static limit => limit is { Max: not null })
            .Select(limit => Apply(limit!, name, customer)),
    ];

    private static AppliedLimit Apply(PolicyLimit limit, string name, string? customer)
    {
        if (limit.Subject == LimitSubject.Everything)
        {
            return new AppliedLimit(limit, null, "all");
        }

        string subject = limit.Subject.ToString().ToLowerInvariant();
        string whose = limit.Subject == LimitSubject.Model ? ModelAccount(limit.Name!, name) : name;
        string account = limit.PerCustomer ? $"{subject}:{whose}/customer:{customer}" : $"{subject}:{whose}";
        return new AppliedLimit(limit, whose, account);
    }

    // All dated versions of a model share its account, unless the policy names one of them.
    private static string ModelAccount(string pattern, string model) =>
        pattern == PolicyLimit.DefaultName || NameRank.IsWildcard(pattern) ? ModelPattern.Undated(model) : pattern.ToLowerInvariant();

    private static string TagOf(string name)
    {
        int equals = name.IndexOf('=');
        return equals < 0 ? name : name.Substring(0, equals);
    }
}
