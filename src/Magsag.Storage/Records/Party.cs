namespace Magsag.Storage;

/// <summary>Who called what: an agent for a customer with a model. The runs of each are counted, so that no question about runs reads the records.</summary>
internal readonly record struct Party(string? Agent, string? Customer, string? Model, string? RequestedModel)
{
    public static Party Of(in Series series) => new(series.Agent, series.Customer, series.Model, series.RequestedModel);

    /// <summary>Tells parties apart in the database.</summary>
    public Guid Key => RowKey.Of([Agent, Customer, Model, RequestedModel]);
}
