namespace Magsag.Runtime.Calls;

/// <summary>An error of a request that never left this process: it cost nothing.</summary>
internal interface IUnsentRequest;
