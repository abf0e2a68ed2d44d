namespace Magsag.Runtime.CallSites;

/// <summary>What a method on the stack is to whoever looks for a call site.</summary>
/// <param name="IsUserCode">False for methods of libraries and of Magsag.</param>
/// <param name="IsHelper">True for the team's own wrappers of calls, which are passed over as libraries are.</param>
/// <param name="IsAsync">True for the body of an async method.</param>
/// <param name="Test">The name of the test that it is; null when it is none.</param>
internal readonly record struct StackMethod(bool IsUserCode, bool IsHelper, bool IsAsync, string? Test);
