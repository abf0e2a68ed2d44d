namespace Magsag.EndToEnd.Tests;

/// <summary>The app under test and its tests in one language. The line of the call has a comment that says so.</summary>
/// <param name="Extension">The ending of its sources.</param>
/// <param name="App">The class that calls the model.</param>
/// <param name="Tests">Two tests of it; <c>NAMESPACE</c>, <c>[CLASS]</c> and <c>[TEST]</c> stand for what the framework says.</param>
internal sealed record MatrixLanguage(string Extension, string App, string Tests)
{
    private const string Mark = "the call";

    /// <summary>The line of the call in <see cref="App"/>, counted from 1.</summary>
    public int CallLine => Array.FindIndex(App.Split('\n'), static line => line.Contains(Mark, StringComparison.Ordinal)) + 1;

    public static MatrixLanguage Of(string language) => language switch
    {
        "C#" => CSharp,
        "F#" => FSharp,
        _ => VisualBasic,
    };

    /// <summary>A model on this machine, which answers every question alike; compiled once for all languages.</summary>
    public const string Model = """
        using System.Runtime.CompilerServices;
        using Microsoft.Extensions.AI;

        namespace Model;

        public sealed class ModelClient : IChatClient
        {
            private static readonly string Name = Environment.GetEnvironmentVariable("DESK_MODEL") ?? "gpt-4o-mini";

            public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
            {
                await Task.Yield();
                return new ChatResponse(new ChatMessage(ChatRole.Assistant, "billing")) { ModelId = Name, Usage = new UsageDetails { InputTokenCount = 1000, OutputTokenCount = 5 } };
            }

            public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
            {
                await Task.Yield();
                yield break;
            }

            public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("openai", null, Name) : null;

            public void Dispose()
            {
            }
        }
        """;

    private static readonly MatrixLanguage CSharp = new(
        "cs",
        """
        using Microsoft.Extensions.AI;

        namespace Desk;

        public sealed class Triage(IChatClient client)
        {
            private readonly IChatClient _client = client.AsBuilder().UseCostTracking().Build();

            public async Task<string> ClassifyAsync(string ticket)
            {
                await Task.Yield();
                ChatResponse response = await _client.GetResponseAsync("Classify: " + ticket, new ChatOptions { MaxOutputTokens = 20 }); // the call
                return response.Text;
            }
        }
        """,
        """
        using NAMESPACE;

        namespace Desk.Tests;

        [CLASS]
        public class TriageTests
        {
            [TEST]
            public async Task A_bill_goes_to_billing() => Check(await new Triage(new Model.ModelClient()).ClassifyAsync("My bill is wrong."));

            [TEST]
            public async Task An_invoice_goes_to_billing() => Check(await new Triage(new Model.ModelClient()).ClassifyAsync("The invoice is missing."));

            private static void Check(string answer)
            {
                if (answer != "billing")
                {
                    throw new InvalidOperationException(answer);
                }
            }
        }
        """);

    private static readonly MatrixLanguage FSharp = new(
        "fs",
        """
        namespace Desk

        open Microsoft.Extensions.AI

        type Triage(client: IChatClient) =
            let client = client.AsBuilder().UseCostTracking().Build()

            member _.ClassifyAsync(ticket: string) =
                task {
                    let options = ChatOptions(MaxOutputTokens = 20)
                    let! response = client.GetResponseAsync("Classify: " + ticket, options) // the call
                    return response.Text
                }
        """,
        """
        namespace Desk.Tests

        open System.Threading.Tasks
        open NAMESPACE
        open Desk

        [CLASS]
        type TriageTests() =
            let check (ticket: string) : Task =
                task {
                    let! answer = Triage(new Model.ModelClient()).ClassifyAsync(ticket)
                    if answer <> "billing" then failwith answer
                }

            [TEST]
            member _.A_bill_goes_to_billing() : Task = check "My bill is wrong."

            [TEST]
            member _.An_invoice_goes_to_billing() : Task = check "The invoice is missing."
        """);

    private static readonly MatrixLanguage VisualBasic = new(
        "vb",
        """
        Imports System.Threading.Tasks
        Imports Microsoft.Extensions.AI

        Public Class Triage
            Private ReadOnly _client As IChatClient

            Public Sub New(client As IChatClient)
                _client = client.AsBuilder().UseCostTracking().Build()
            End Sub

            Public Async Function ClassifyAsync(ticket As String) As Task(Of String)
                Dim options As New ChatOptions With {.MaxOutputTokens = 20}
                Dim response = Await _client.GetResponseAsync("Classify: " & ticket, options) ' the call
                Return response.Text
            End Function
        End Class
        """,
        """
        Imports System
        Imports System.Threading.Tasks
        Imports NAMESPACE

        [CLASS]
        Public Class TriageTests
            [TEST]
            Public Async Function A_bill_goes_to_billing() As Task
                Check(Await New Global.Desk.Triage(New Global.Model.ModelClient()).ClassifyAsync("My bill is wrong."))
            End Function

            [TEST]
            Public Async Function An_invoice_goes_to_billing() As Task
                Check(Await New Global.Desk.Triage(New Global.Model.ModelClient()).ClassifyAsync("The invoice is missing."))
            End Function

            Private Shared Sub Check(answer As String)
                If answer <> "billing" Then
                    Throw New InvalidOperationException(answer)
                End If
            End Sub
        End Class
        """);

    /// <summary>The tests with the framework's attributes.</summary>
    public string TestsFor(TestFramework framework) => Tests
        .Replace("NAMESPACE", framework.Namespace, StringComparison.Ordinal)
        .Replace("[CLASS]", framework.ClassAttribute is { } name ? Attribute(name) : "", StringComparison.Ordinal)
        .Replace("[TEST]", Attribute(framework.TestAttribute), StringComparison.Ordinal);

    private string Attribute(string name) => Extension switch
    {
        "cs" => $"[{name}]",
        "fs" => $"[<{name}>]",
        _ => $"<{name}>",
    };
}
