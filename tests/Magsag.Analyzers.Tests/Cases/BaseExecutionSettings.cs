// MAG001: the base class of settings has no cap, so that there is no fix that sets it.
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
public static class BaseSettings
{
    public static async Task Prompt(Kernel kernel, string q, string model)
    {
        Console.WriteLine(await kernel.InvokePromptAsync(q, new(new PromptExecutionSettings { ModelId = model }))); // expected MAG001
    }
    public static async Task Direct(IChatCompletionService service, string q, string model)
    {
        Console.WriteLine(await service.GetChatMessageContentAsync(q, new PromptExecutionSettings { ModelId = model })); // expected MAG001
    }
    public static async Task Local(IChatCompletionService service, ChatHistory history)
    {
        PromptExecutionSettings settings = new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };
        Console.WriteLine(await service.GetChatMessageContentAsync(history, settings)); // expected MAG001
    }
    public static async Task None(IChatCompletionService service, ChatHistory history)
    {
        Console.WriteLine(await service.GetChatMessageContentAsync(history)); // expected MAG001
    }
}
