// MAG001, MAG002, MAG003: clients behind settings, dictionaries, steps and helpers.
using System.ClientModel;
using Azure.AI.OpenAI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using OpenAI;

public static class Steps
{
    public static ChatClientBuilder UseWaitingWhenBusy(this ChatClientBuilder builder) => builder.Use((messages, options, next, token) => next(messages, options, token));

    public static ChatClientBuilder UseMemory(this ChatClientBuilder builder) => builder.Use(inner => new RememberingClient(inner));

    public static ChatClientBuilder UseHouseRules(this ChatClientBuilder builder) => builder.ConfigureOptions(options => options.MaxOutputTokens ??= 300);

    public static async Task<string> RunAsync(this Kernel kernel, KernelFunction function, KernelArguments arguments) => (await kernel.InvokeAsync(function, arguments)).ToString();

    public static async Task<string> AskAsync(IChatClient client, string text) => (await client.GetResponseAsync(text, new ChatOptions { MaxOutputTokens = 100 })).Text;
}

public sealed class RememberingClient(IChatClient inner) : DelegatingChatClient(inner)
{
    private readonly Dictionary<string, ChatResponse> _cache = [];

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        _cache.TryGetValue(string.Concat(messages), out ChatResponse? known) ? known : _cache[string.Concat(messages)] = await base.GetResponseAsync(messages, options, cancellationToken);
}

public static class ConsoleSample
{
    public static async Task Main(IConfiguration config, List<string> listings)
    {
        string model = config["GitHubModels:Model"] ?? "gpt-4o-mini";
        string endpoint = config["GitHubModels:Endpoint"] ?? "https://models.inference.ai.azure.com";
        IChatClient chat = new OpenAIClient(new ApiKeyCredential(config["GitHubModels:Token"]!), new OpenAIClientOptions { Endpoint = new Uri(endpoint) }).GetChatClient(model).AsIChatClient();
        foreach (string listing in listings)
        {
            Console.WriteLine(await chat.GetResponseAsync("Extract the price: " + listing)); // expected MAG001 MAG003
        }
    }

    public static async Task Named(IConfiguration config)
    {
        var options = new OpenAIClientOptions();
        options.Endpoint = new Uri("https://models.github.ai/inference");
        IChatClient chat = new OpenAIClient(new ApiKeyCredential("x"), options).GetChatClient("openai/gpt-4o-mini").AsIChatClient();
        Console.WriteLine(await chat.GetResponseAsync("hi")); // expected MAG001
    }

    public static async Task Configured(IConfiguration config)
    {
        IChatClient chat = new OpenAIClient(new ApiKeyCredential("x"), new OpenAIClientOptions { Endpoint = new Uri(config["Ai:Endpoint"]!) }).GetChatClient(config["Ai:Model"]).AsIChatClient();
        Console.WriteLine(await chat.GetResponseAsync("hi"));
    }

    public static async Task LocalByStatement()
    {
        var options = new OpenAIClientOptions();
        options.Endpoint = new Uri("http://localhost:1234/v1");
        IChatClient chat = new OpenAIClient(new ApiKeyCredential("x"), options).GetChatClient("gpt-4o-mini").AsIChatClient();
        Console.WriteLine(await chat.GetResponseAsync("hi"));
    }
}

public sealed class Pipelines(IConfiguration config)
{
    private IChatClient Inner => new AzureOpenAIClient(new Uri(config["AZURE_OPENAI_ENDPOINT"]!), new ApiKeyCredential("x")).GetChatClient("chat").AsIChatClient();

    public async Task Waiting(string[] pages)
    {
        IChatClient chat = new ChatClientBuilder(Inner).UseWaitingWhenBusy().Build();
        foreach (string page in pages) Console.WriteLine(await chat.GetResponseAsync("Summarise: " + page)); // expected MAG001 MAG003
    }

    public async Task Remembering(string[] pages)
    {
        IChatClient chat = new ChatClientBuilder(Inner).UseMemory().Build();
        foreach (string page in pages) Console.WriteLine(await chat.GetResponseAsync("Summarise: " + page)); // expected MAG001
    }

    public async Task Ruled(string[] pages)
    {
        IChatClient chat = new ChatClientBuilder(Inner).UseHouseRules().Build();
        foreach (string page in pages) Console.WriteLine(await chat.GetResponseAsync("Summarise: " + page)); // expected MAG003
    }

    public async Task Routed(bool hard, string question)
    {
        var openai = new OpenAIClient("key");
        IChatClient cheap = openai.GetChatClient("gpt-4o-mini").AsIChatClient();
        IChatClient dear = openai.GetChatClient("gpt-4o").AsIChatClient();
        IChatClient picked = hard ? dear : cheap;
        Console.WriteLine(await picked.GetResponseAsync(question, new ChatOptions { MaxOutputTokens = 100 }));
    }
}

public sealed class Workers
{
    private static readonly Dictionary<string, KernelFunction> Functions = [];
    private static Kernel Kernel = null!;

    public static async Task Run(IEnumerable<string> tasks)
    {
        var builder = Kernel.CreateBuilder();
        builder.AddAzureOpenAIChatCompletion("chat", "https://a.example", "key");
        Kernel = builder.Build();
        Functions["plan"] = Kernel.CreateFunctionFromPrompt("Plan {{$input}}");
        Functions["work"] = Kernel.CreateFunctionFromPrompt("Do {{$input}}");
        Console.WriteLine(await Kernel.InvokeAsync(Functions["plan"], new() { ["input"] = "all" })); // expected MAG001
        foreach (string task in tasks)
        {
            Console.WriteLine(await Kernel.InvokeAsync(Functions["work"], new() { ["input"] = task })); // expected MAG001 MAG003
        }
    }

    public static async Task Imported(Kernel kernel, List<string> chunks)
    {
        KernelPlugin prompts = kernel.CreatePluginFromPromptDirectory("Prompts");
        for (int i = 0; i < chunks.Count; i++)
        {
            string chunk = chunks[i];
            Console.WriteLine(await kernel.RunAsync(prompts["Extract"], new() { ["text"] = chunk })); // expected MAG003
        }
    }

    public static async Task Native(Kernel kernel, List<string> chunks)
    {
        KernelFunction count = KernelFunctionFactory.CreateFromMethod((string text) => text.Length);
        foreach (string chunk in chunks) Console.WriteLine(await kernel.RunAsync(count, new() { ["text"] = chunk }));
    }
}

public sealed class Desk(IChatClient client, Kernel kernel, Dictionary<string, string> answers)
{
    private readonly Dictionary<string, IChatClient> _clients = new() { ["a"] = client };
    private readonly HashSet<string> _skipped = new() { "spam" };

    public async Task AskEach(List<string> names, string question)
    {
        foreach (string name in names)
        {
            if (!_clients.TryGetValue("a", out IChatClient? found)) continue;
            Console.WriteLine(await found.GetResponseAsync(question + name, new ChatOptions { MaxOutputTokens = 100 }));
        }
    }

    public async Task SkipSome(List<string> mails)
    {
        foreach (string mail in mails)
        {
            if (_skipped.Contains(mail)) continue;
            await Steps.AskAsync(client, mail); // expected MAG003
        }
    }

    public async Task AskOnce(List<string> mails)
    {
        foreach (string mail in mails)
        {
            if (answers.ContainsKey(mail)) continue;
            answers[mail] = await Steps.AskAsync(client, mail);
        }
    }

    public async Task ByService(List<string> names)
    {
        foreach (string name in names)
        {
            var history = new ChatHistory();
            history.AddUserMessage("Describe " + name);
            var chat = kernel.GetRequiredService<IChatCompletionService>();
            Console.WriteLine((await chat.GetChatMessageContentsAsync(history)).Count); // expected MAG001 MAG003
        }
    }
}
