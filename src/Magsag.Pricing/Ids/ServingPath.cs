namespace Magsag.Pricing.Ids;

/// <summary>Parts of an id that say where or how a model is served, and nothing about the model.</summary>
internal static class ServingPath
{
    // LiteLLM's words for the interfaces of Bedrock, and Azure's for deployments that cost the global price.
    private static readonly string[] Routes = ["converse", "converse_like", "invoke", "global", "global-standard", "standard"];

    public static bool IsRoute(string part) => Array.IndexOf(Routes, part) >= 0;

    /// <summary>A region of AWS that costs what is listed where no price of its own is: any but the government's, such as <c>eu-west-1</c>.</summary>
    public static bool IsStandardRegion(string part) =>
        part.Length > 4 && part[part.Length - 2] == '-' && char.IsDigit(part[part.Length - 1]) && part.IndexOf("gov", StringComparison.Ordinal) < 0;

    /// <summary>The path of a model in an account at Fireworks, which nobody else has.</summary>
    public static bool IsAccount(string id) => id.StartsWith("accounts/fireworks/", StringComparison.Ordinal);
}
