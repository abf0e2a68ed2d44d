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

    /// <summary>True for the name of one of <see cref="EscapeHatches"/>.</summary>
    public bool IsEscapeHatch(string? member) => EscapeHatches.Contains(member);

    /// <summary>Parameters through which a cap may be given in a way that can't be followed.</summary>
    public string[] EscapeParameters { get; init; } = [];

    /// <summary>Full names of the types derived from <see cref="OptionsType"/> that have the cap.</summary>
    public string[] OptionsSubtypes { get; init; } = [];

    /// <summary>Full names of types that carry the options to the call inside them, as an argument or a member.</summary>
    public string[] OptionsCarriers { get; init; } = [];

    /// <summary>Full name of the type of new options that a fix passes; <see cref="OptionsType"/> when null.</summary>
    public string? NewOptionsType { get; init; }

    /// <summary>The options' member that holds the object with the cap; null when the cap is a member of the options.</summary>
    public string? CapContainer { get; init; }

    /// <summary>Full name of the type of <see cref="CapContainer"/>.</summary>
    public string? CapContainerType { get; init; }

    /// <summary>The method's parameter that caps the output, where a cap is no member of any options.</summary>
    public string? CapParameter { get; init; }

    /// <summary>True where code without a cap doesn't compile or run, so that its value is to be judged.</summary>
    public bool CapIsRequired { get; init; }

    /// <summary>True when what the call doesn't set may have been set where the receiver was made (an agent, a model object).</summary>
    public bool ReceiverHasOptions { get; init; }

    /// <summary>The parameter that takes what is called (a function made from a prompt); null when the receiver is called itself.</summary>
    public string? CalledParameter { get; init; }

    /// <summary>True when a call is one to a model only if its receiver is seen to have been made for that (a function from a prompt).</summary>
    public bool RequiresHolder { get; init; }

    /// <summary>The type that an SDK's own pipelines may wrap in a cache or configure; a client that isn't one is never cached.</summary>
    public bool HasPipelines { get; init; }

    /// <summary>Full name of the parameter type by which opaque methods are told apart: they carry whole requests, which nobody can judge.</summary>
    public string? ProtocolParameter { get; init; }

    /// <summary>True when only overloads that take <see cref="OptionsType"/> belong to the API.</summary>
    public bool RequiresOptions { get; init; }

    /// <summary>Calls for one item that have a form for many: the method for one, and the method for many.</summary>
    public (string One, string Many)[] Batches { get; init; } = [];
}
