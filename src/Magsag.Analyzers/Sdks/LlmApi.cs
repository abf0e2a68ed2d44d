namespace Magsag.Analyzers.Sdks;

/// <summary>One recognised family of calls of an SDK, as data.</summary>
/// <param name="Kind">What the calls produce.</param>
/// <param name="Types">Full names of the types that declare the methods.</param>
/// <param name="Methods">The methods.</param>
/// <param name="OptionsType">Full name of the options type; null when the API takes none.</param>
/// <param name="CapMember">The options' member that caps the output; null when there is none.</param>
/// <param name="ModelMember">The options' member that names the model; null when the model is given elsewhere.</param>
internal sealed record LlmApi(ApiKind Kind, string[] Types, string[] Methods, string? OptionsType, string? CapMember, string? ModelMember)
{
    /// <summary>The kind of the services that the calls are made on.</summary>
    public ServiceKinds Services => Kind switch
    {
        ApiKind.Text => ServiceKinds.Text,
        ApiKind.Embeddings => ServiceKinds.Embeddings,
        _ => ServiceKinds.Any,
    };

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

    /// <summary>The carriers' members that hold the options.</summary>
    public string[] CarrierMembers { get; init; } = [];

    /// <summary>A new carrier around the options <c>{0}</c>; null when a fix passes none.</summary>
    public string? NewCarrier { get; init; }

    /// <summary>The member of options without a cap through which one may be given all the same; null when there is none.</summary>
    public string? ExtensionMember { get; init; }

    /// <summary>What <see cref="ExtensionMember"/> is set to for the cap <c>{0}</c>.</summary>
    public string? NewExtension { get; init; }

    /// <summary>Full name of the type of new options that a fix passes; <see cref="OptionsType"/> when null.</summary>
    public string? NewOptionsType { get; init; }

    /// <summary>The member that says whether options cap the output: the cap, or the object with the cap in it.</summary>
    public string? CapPath => CapContainer ?? CapMember;

    /// <summary>The options' member that holds the object with the cap; null when the cap is a member of the options.</summary>
    public string? CapContainer { get; init; }

    /// <summary>Full name of the type of <see cref="CapContainer"/>.</summary>
    public string? CapContainerType { get; init; }

    /// <summary>The method's parameter that caps the output, where a cap is no member of any options.</summary>
    public string? CapParameter { get; init; }

    /// <summary>True where code without a cap doesn't compile or run, so that its value is to be judged.</summary>
    public bool CapIsRequired { get; init; }

    /// <summary>True when what the call doesn't set may have been set where the receiver was created (an agent, a model object).</summary>
    public bool ReceiverHasOptions { get; init; }

    /// <summary>The parameter that takes what is called (a function created from a prompt); null when the receiver is called itself.</summary>
    public string? CalledParameter { get; init; }

    /// <summary>The parameter that takes the container with the client; null when that is the receiver.</summary>
    public string? KernelParameter { get; init; }

    /// <summary>Full name of a configuration that what is called may have been created with and that may hold options which can't be seen.</summary>
    public string? OpaqueConfiguration { get; init; }

    /// <summary>True when a call is one to a model only if its receiver is seen to have been created for that (a function from a prompt).</summary>
    public bool RequiresHolder { get; init; }

    /// <summary>True when a pipeline may have wrapped the client, in a cache for instance.</summary>
    public bool HasPipelines { get; init; }

    /// <summary>Full name of the parameter type that tells protocol methods apart: they take a whole request, which can't be read.</summary>
    public string? ProtocolParameter { get; init; }

    /// <summary>True when only overloads that take <see cref="OptionsType"/> belong to the API.</summary>
    public bool RequiresOptions { get; init; }

    /// <summary>Calls for one item that have a form for many.</summary>
    public BatchForm[] Batches { get; init; } = [];

    /// <summary>The parameter that takes the value of a call for one item; its first parameter when null.</summary>
    public string? ValueParameter { get; init; }

    /// <summary>Full name of the type of a message, for a list of messages that a fix makes.</summary>
    public string? MessageType { get; init; }

    /// <summary>A message with the text <c>{0}</c>; null when the API has no overload with loose messages.</summary>
    public string? NewUserMessage { get; init; }

    /// <summary>How loose arguments become one request; null when the API has no such overload.</summary>
    public RequestForm? RequestForm { get; init; }

    /// <summary>The API whose new options are of a type; null when there is none.</summary>
    public static LlmApi? FindByNewOptions(string type) => SdkTable.All.SelectMany(static table => table.Apis).FirstOrDefault(api => (api.NewOptionsType ?? api.OptionsType) == type);
}
