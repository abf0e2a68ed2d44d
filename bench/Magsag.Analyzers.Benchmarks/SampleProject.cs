using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

/// <summary>A project of the size that people have: 1,000 files, of which one in ten calls an SDK.</summary>
internal static class SampleProject
{
    public const int Files = 1000;

    private const string Ordinary = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Shop.Part#;

        public sealed record Line#(string Article, int Count, decimal Price);

        public interface IStore#
        {
            Task<IReadOnlyList<Line#>> LoadAsync(string order, CancellationToken cancellationToken = default);
        }

        public sealed class Orders#
        {
            private readonly IStore# _store;
            private readonly Dictionary<string, decimal> _totals = new(StringComparer.Ordinal);
            private int _loads;

            public Orders#(IStore# store) => _store = store ?? throw new ArgumentNullException(nameof(store));

            public int Loads => _loads;

            public async Task<decimal> TotalAsync(string order, CancellationToken cancellationToken)
            {
                if (_totals.TryGetValue(order, out decimal known))
                {
                    return known;
                }

                Interlocked.Increment(ref _loads);
                IReadOnlyList<Line#> lines = await _store.LoadAsync(order, cancellationToken).ConfigureAwait(false);
                decimal total = lines.Where(line => line.Count > 0).Sum(line => line.Count * line.Price);
                _totals[order] = total;
                return total;
            }

            public string Describe(IEnumerable<Line#> lines)
            {
                var text = new StringBuilder();
                foreach (IGrouping<string, Line#> group in lines.GroupBy(line => line.Article).OrderBy(group => group.Key, StringComparer.Ordinal))
                {
                    text.Append(group.Key).Append(": ").Append(group.Sum(line => line.Count)).AppendLine();
                }

                return text.ToString().Trim();
            }

            public (decimal Least, decimal Most) Range(IReadOnlyCollection<Line#> lines)
            {
                decimal least = decimal.MaxValue;
                decimal most = decimal.MinValue;
                foreach (Line# line in lines)
                {
                    least = Math.Min(least, line.Price);
                    most = Math.Max(most, line.Price);
                }

                return lines.Count == 0 ? (0, 0) : (least, most);
            }

            public string Grade(decimal total) => total switch
            {
                < 10 => "small",
                < 100 => "usual",
                < 1000 => "large",
                _ => string.Format("huge {0}", total),
            };

            public bool TryParse(string text, out Line#? line)
            {
                line = null;
                string[] parts = text.Split(';');
                if (parts.Length != 3 || !int.TryParse(parts[1], out int count) || !decimal.TryParse(parts[2], out decimal price))
                {
                    return false;
                }

                line = new Line#(parts[0].Trim(), count, price);
                return true;
            }
        }
        """;

    private const string Calling = """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;

        namespace Shop.Assistant#;

        public sealed class Assistant#
        {
            private readonly IChatClient _client = new OpenAI.Chat.ChatClient("gpt-4o", "key").AsIChatClient();
            private readonly List<ChatMessage> _history = new();

            public async Task<string> ClassifyAsync(string ticket, CancellationToken cancellationToken)
            {
                var options = new ChatOptions { Temperature = 0, MaxOutputTokens = 20 };
                ChatResponse answer = await _client.GetResponseAsync($"Classify: {ticket}", options, cancellationToken);
                return answer.Text.Trim();
            }

            public async Task<List<string>> SummariseAsync(IEnumerable<string> tickets, CancellationToken cancellationToken)
            {
                var summaries = new List<string>();
                foreach (string ticket in tickets)
                {
                    ChatResponse answer = await _client.GetResponseAsync("Summarise: " + ticket, cancellationToken: cancellationToken);
                    summaries.Add(answer.Text);
                }

                return summaries.Where(summary => summary.Length > 0).ToList();
            }

            public async Task<string> AskAsync(string question, CancellationToken cancellationToken)
            {
                _history.Add(new ChatMessage(ChatRole.User, question));
                ChatResponse answer = await _client.GetResponseAsync(_history, new ChatOptions(), cancellationToken);
                _history.AddMessages(answer);
                return answer.Text;
            }

            public string Shorten(string text) => text.Length > 100 ? text.Substring(0, 100) : text;
        }
        """;

    public static Compilation Compile(IEnumerable<MetadataReference> references) => CSharpCompilation.Create(
        "Shop",
        Enumerable.Range(0, Files).Select(static number => CSharpSyntaxTree.ParseText(
            (number % 10 == 0 ? Calling : Ordinary).Replace("#", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), path: $"/shop/File{number}.cs")),
        references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
}
