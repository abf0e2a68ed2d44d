using Magsag.Analyzers.Discovery;

namespace Magsag.Analyzers.Sdks;

/// <summary>What one SDK looks like, as data. Every class derived from this one is found by itself: a new SDK is a new file.</summary>
/// <remarks>Types are given by their full names, methods, members and parameters by their own.</remarks>
internal abstract class SdkTable
{
    /// <summary>All SDKs that Magsag knows.</summary>
    public static SdkTable[] All { get; } = Implementations.CreateAll<SdkTable>();

    /// <summary>A type that exists exactly when the SDK is referenced.</summary>
    public abstract string Marker { get; }

    public virtual LlmApi[] Apis => [];

    public virtual ModelParameter[] ModelParameters => [];

    /// <summary>Enumerations whose members stand for model ids.</summary>
    public virtual string[] ModelEnums => [];

    /// <summary>Receivers whose model parameters name deployments, not models.</summary>
    public virtual string[] DeploymentReceivers => [];

    /// <summary>Options of clients that name the server to talk to.</summary>
    public virtual EndpointOptions[] EndpointOptions => [];

    /// <summary>Clients whose calls cost nothing.</summary>
    public virtual string[] FreeClients => [];

    /// <summary>Names of the interfaces that a client of the project's own implements.</summary>
    public virtual string[] ClientInterfaces => [];

    /// <summary>Types that run a server on the machine itself, to which the clients of other SDKs talk.</summary>
    public virtual string[] LocalServers => [];

    /// <summary>Prefixes of the methods that register a client which costs nothing.</summary>
    public virtual string[] FreeRegistrations => [];

    /// <summary>Methods that register a paid service whose server is known.</summary>
    public virtual PaidRegistration[] PaidRegistrations => [];

    /// <summary>Methods (<c>Type.Method</c>, by the type that declares or that is extended) that create a client or an agent with a default cap.</summary>
    public virtual string[] CappingFactories => [];

    /// <summary>Types that are created around a client and may bring options of their own (agents, model objects).</summary>
    public virtual string[] OptionsHolders => [];

    /// <summary>The methods that create <see cref="OptionsHolders"/>; any other that returns one may have got it from anywhere.</summary>
    public virtual HolderFactory[] HolderFactories => [];

    /// <summary>Members that name a model on types which are no call's options (<c>Type.Member</c>).</summary>
    public virtual string[] ModelMembers => [];

    /// <summary>How clients are wrapped in a pipeline; null when the SDK has none.</summary>
    public virtual ClientPipeline? Pipeline => null;

    /// <summary>The SDK's own container of services; null when it has none.</summary>
    public virtual ServiceContainer? ServiceContainer => null;

    /// <summary>The methods that begin a loop of tool calls.</summary>
    public virtual ToolLoop[] ToolLoops => [];

    /// <summary>Types that keep a conversation between its calls.</summary>
    public virtual string[] SessionTypes => [];

    /// <summary>Types that are a list of the messages of a conversation.</summary>
    public virtual string[] HistoryTypes => [];

    /// <summary>Types of the messages that a plain list may hold as a history.</summary>
    public virtual string[] MessageTypes => [];

    /// <summary>Names of members and types by which code reads the calls of tools that an answer asks for.</summary>
    public virtual string[] ToolCallNames => [];

    /// <summary>Methods that add a message with a given text to a history.</summary>
    public virtual string[] MessageAdders => [];

    /// <summary>Methods that add the messages of a new turn to a history.</summary>
    public virtual string[] TurnAdders => [];

    /// <summary>Methods that shorten a history.</summary>
    public virtual string[] HistoryReducers => [];

    /// <summary>Members, methods and types that take a system prompt.</summary>
    public virtual string[] InstructionNames => [];

    /// <summary>Expressions that give a message the system's role.</summary>
    public virtual string[] SystemRoles => [];
}
