namespace Magsag.Analyzers.Rules;

/// <summary>The names of the properties by which a rule tells its fix what to do.</summary>
internal static class DiagnosticProperties
{
    /// <summary>Which of a rule's fixes applies.</summary>
    public const string Fix = "magsag.fix";

    /// <summary>Full name of the options type.</summary>
    public const string OptionsType = "magsag.options_type";

    /// <summary>The options parameter.</summary>
    public const string OptionsParameter = "magsag.options_parameter";

    /// <summary>The member that holds the cap.</summary>
    public const string CapMember = "magsag.cap_member";

    /// <summary>The cap to insert.</summary>
    public const string Cap = "magsag.cap";

    /// <summary>How many tokens the cap is, and why it isn't the usual one.</summary>
    public const string CapTitle = "magsag.cap_title";

    /// <summary>New options inside what carries them, where <c>{0}</c> stands for the options.</summary>
    public const string Carrier = "magsag.carrier";

    /// <summary>The model to insert.</summary>
    public const string Model = "magsag.model";

    /// <summary>The cache that is in scope.</summary>
    public const string Cache = "magsag.cache";

    /// <summary>The member of what the batch form returns that has the items.</summary>
    public const string BatchItems = "magsag.batch_items";

    /// <summary>The member of what a per-item call returns that has its result.</summary>
    public const string BatchResult = "magsag.batch_result";

    /// <summary>Set where the batch form takes a list only.</summary>
    public const string BatchList = "magsag.batch_list";

    /// <summary>What a per-item call returns, in terms of an item of what the batch form returns.</summary>
    public const string BatchItem = "magsag.batch_item";
}
