using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Loops;

namespace Magsag.Analyzers.Wrappers;

/// <summary>A call to a model that a method of the project makes, directly or through one more of them.</summary>
/// <param name="Call">The call.</param>
/// <param name="Frames">The methods on the way, the outermost first; it has no arguments yet.</param>
/// <param name="Context">What rules need to know of the call's file.</param>
internal sealed record WrappedCall(LlmCall Call, IReadOnlyList<CallFrame> Frames, FileContext Context);
