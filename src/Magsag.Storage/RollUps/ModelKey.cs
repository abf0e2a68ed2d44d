using System.Globalization;
using Magsag.Ledger.Records;

namespace Magsag.Storage;

/// <summary>What distinguishes the rows of the roll-up that answers questions about models and about everything: few, whoever called.</summary>
internal readonly record struct ModelKey(int Day, string? Provider, string? Model, string? RequestedModel, CallOutcome Outcome)
{
    public Guid Key => RowKey.Of([Day.ToString(CultureInfo.InvariantCulture), Provider, Model, RequestedModel, ((int)Outcome).ToString(CultureInfo.InvariantCulture)]);

    public static ModelKey Of(DailyKey day) => new(day.Day, day.Provider, day.Model, day.RequestedModel, day.Outcome);
}
