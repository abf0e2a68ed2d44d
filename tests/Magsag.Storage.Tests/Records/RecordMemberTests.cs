using System.Reflection;
using Magsag.Ledger.Records;
using Magsag.Pricing.Tokens;

namespace Magsag.Storage.Tests;

public sealed class RecordMemberTests
{
    [Theory, EveryStore]
    public async Task Every_member_of_a_record_is_kept(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        LedgerRecord record = Filled();
        test.Runs.Append("a", record);
        await test.IngestAsync();

        LedgerRecord read = Assert.Single(await test.Store.ReadAllAsync());

        Assert.Equal(record.Tags, read.Tags);
        Assert.Equal(record with { Tags = null }, read with { Tags = null });
    }

    [Theory, EveryStore]
    public async Task A_call_that_a_cassette_answered_is_left_out_because_nobody_paid_for_it(StoreKind kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        test.Runs.Append("a", Filled() with { Replayed = true });
        await test.IngestAsync();

        Assert.Empty(await test.Store.ReadAllAsync());
    }

    // A member that is added to records later must not be forgotten here: each gets a value that isn't its default.
    private static LedgerRecord Filled()
    {
        var record = new LedgerRecord();
        foreach (PropertyInfo member in typeof(LedgerRecord).GetProperties().Where(static member => member.CanWrite && member.Name != nameof(LedgerRecord.Replayed)))
        {
            member.SetValue(record, ValueOf(member));
        }

        return record;
    }

    private static object ValueOf(PropertyInfo member) => (Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType) switch
    {
        var type when type == typeof(string) => "a " + member.Name,
        var type when type == typeof(Guid) => Guid.NewGuid(),
        var type when type == typeof(DateTimeOffset) => Calls.Noon.AddTicks(1),
        var type when type == typeof(long) => (long)member.Name.Length,
        var type when type == typeof(double) => 0.5,
        var type when type == typeof(decimal) => 0.000000000000000000000000001m * member.Name.Length,
        var type when type == typeof(bool) => true,
        var type when type == typeof(CallOutcome) => CallOutcome.Correction,
        var type when type == typeof(LedgerCorrection) => new LedgerCorrection(Guid.NewGuid(), Calls.Noon.AddDays(2), "the invoice says so") { WasUnknown = true },
        var type when type == typeof(UsageSource) => UsageSource.Counted,
        var type when type == typeof(UsageExtras) => UsageExtras.Of(new Usage { InputAudioTokens = 7, WebSearches = 2, AudioSeconds = 1.5m })!,
        var type when type == typeof(IReadOnlyDictionary<string, string>) => new Dictionary<string, string> { ["team"] = "support" },
        var type => throw new InvalidOperationException($"The store has to learn to keep {member.Name} ({type})."),
    };
}
