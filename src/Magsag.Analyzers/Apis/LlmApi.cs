namespace Magsag.Analyzers;

/// <summary>One recognised family of calls of an SDK, as data.</summary>
/// <param name="Kind">What the calls produce.</param>
/// <param name="Types">Full names of the types that declare the methods.</param>
/// <param name="Methods">The methods.</param>
/// <param name="OptionsType">Full name of the options type; null when the API takes none.</param>
/// <param name="CapMember">The options' member that caps the output; null when there is none.</param>
/// <param name="ModelMember">The options' member that names the model; null when the model is given elsewhere.</param>
internal sealed record LlmApi(ApiKind Kind, string[] Types, string[] Methods, string? OptionsType, string? CapMember, string? ModelMember)
{
    /// <summary>Members through which a cap may be given in a way that can't be followed.</summary>
    public string[] EscapeHatches { get; init; } = [];

    /// <summary>The type that an SDK's own pipelines may wrap in a cache or configure; a client that isn't one is never cached.</summary>
    public bool HasPipelines { get; init; }

    /// <summary>Full name of the parameter type by which protocol methods are told apart: they carry raw requests, which nobody can judge.</summary>
    public string? ProtocolParameter { get; init; }
}
