using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Loops;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Wrappers;

/// <summary>A call to a model that a method of the project makes, directly or through one more of them.</summary>
/// <param name="Operation">The call.</param>
/// <param name="Call">What is known of it; null as long as that depends on what the method is given.</param>
/// <param name="Frames">The methods on the way, the outermost first; it has no arguments yet.</param>
/// <param name="Context">What rules need to know of the call's file.</param>
internal sealed record WrappedCall(IInvocationOperation Operation, LlmCall? Call, IReadOnlyList<CallFrame> Frames, FileContext Context)
{
    /// <summary>The same, called with some arguments; null when that turns out to call no model, or one that costs nothing.</summary>
    /// <param name="invocation">The call of the method.</param>
    /// <param name="caller">What is known of the file that calls it.</param>
    public WrappedCall? Enter(IInvocationOperation invocation, FileContext caller)
    {
        WrappedCall entered = this with { Frames = [Frames[0] with { Arguments = invocation.Arguments }, .. Frames.Skip(1)] };
        if (Frames.Count > 1 || FindParameter() is not { } parameter || invocation.Arguments.For(parameter.Name)?.Value is not { } given)
        {
            return Call is null ? null : entered;
        }

        LlmCall? call = LlmCall.TryCreate(Operation, Context, caller.Receivers.Trace(given));
        return call is null || call.MayBeFree(Context) ? null : entered with { Call = call };
    }

    /// <summary>The parameter of the method that is asked: its client, agent or function; null when that is something else.</summary>
    public IParameterSymbol? FindParameter() => LlmCall.FindCalled(Operation, Context.Apis).Unwrapped() is IParameterReferenceOperation { Parameter: var parameter } && Frames[Frames.Count - 1].Declares(parameter) ? parameter : null;
}
