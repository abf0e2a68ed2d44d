namespace Magsag.Analyzers.Sdks;

/// <summary>How the arguments of an overload become one request object, which has room for a cap, as data.</summary>
/// <param name="Arguments">The request's constructor arguments in their order: for each the parameters that may give it, with its text in terms of the argument <c>{0}</c>.</param>
/// <param name="Members">Parameters that become members of the request.</param>
internal sealed record RequestForm((string Parameter, string Text)[][] Arguments, (string Parameter, string Member)[] Members);
