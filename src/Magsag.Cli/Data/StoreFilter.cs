using Magsag.Storage.Queries;

namespace Magsag.Cli;

/// <summary>Puts what the command line asks for in terms of the store.</summary>
internal static class StoreFilter
{
    public static RecordFilter ForStore(this CallFilter filter) => new()
    {
        RunId = filter.RunId,
        Agent = filter.Agent,
        Customer = filter.Customer,
        Model = filter.Model,
        Since = filter.Since,
        Until = filter.Until,
    };
}
