using System.ClientModel.Primitives;
using Microsoft.Extensions.DependencyInjection;

namespace Magsag.Testing;

/// <summary>Puts cassettes into clients that are built on System.ClientModel, and into those that a factory makes.</summary>
public static class CassettePipelineExtensions
{
    /// <summary>Records and replays the calls of a client of OpenAI or Azure OpenAI.</summary>
    /// <typeparam name="TOptions">The client's options.</typeparam>
    /// <param name="options">The client's options. Cost tracking and budgets may be added before or after: they stand around it in any case.</param>
    /// <param name="configure">Changes how calls are recorded and replayed.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="CassetteException">The options have a transport already; put a <see cref="CassetteHandler"/> into its HttpClient instead.</exception>
    /// <example><code>var client = new ChatClient("gpt-4o-mini", new ApiKeyCredential(Cassette.Key("OPENAI_API_KEY")), new OpenAIClientOptions().UseCassette());</code></example>
    public static TOptions UseCassette<TOptions>(this TOptions options, Action<CassetteOptions>? configure = null)
        where TOptions : ClientPipelineOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Transport is not null)
        {
            throw new CassetteException("The options have a transport already, which UseCassette would replace. Put the cassette into its client: new HttpClientPipelineTransport(new HttpClient(new CassetteHandler { InnerHandler = … })).");
        }

        options.Transport = new HttpClientPipelineTransport(new HttpClient(new CassetteHandler(configure)) { Timeout = Timeout.InfiniteTimeSpan });
        return options;
    }

    /// <summary>Records and replays the calls of a client that a factory makes. Add it last, next to the network.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configure">Changes how calls are recorded and replayed.</param>
    /// <returns>The client.</returns>
    /// <example><code>services.ConfigureHttpClientDefaults(client => client.UseCassette());</code></example>
    public static IHttpClientBuilder UseCassette(this IHttpClientBuilder builder, Action<CassetteOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddHttpMessageHandler(() => new CassetteHandler(configure));
    }
}
