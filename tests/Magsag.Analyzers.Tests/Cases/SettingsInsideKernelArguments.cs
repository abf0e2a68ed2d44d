// MAG001: settings in a local that are passed inside new KernelArguments(settings), alone and beside another call.
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;
public static class Settings
{
    public static async Task Alone(IChatCompletionService service, string q)
    {
        var settings = new OpenAIPromptExecutionSettings { Temperature = 0 };
        Console.WriteLine(await service.GetChatMessageContentAsync(q, settings)); // expected MAG001
    }
    public static async Task InArguments(Kernel kernel, string q)
    {
        var settings = new OpenAIPromptExecutionSettings { Temperature = 0 };
        Console.WriteLine(await kernel.InvokePromptAsync(q, new KernelArguments(settings))); // expected MAG001
    }
    public static async Task Shared(Kernel kernel, IChatCompletionService service, string q)
    {
        var settings = new OpenAIPromptExecutionSettings { Temperature = 0 };
        Console.WriteLine(await kernel.InvokePromptAsync(q, new KernelArguments(settings))); // expected MAG001
        Console.WriteLine(await service.GetChatMessageContentAsync(q, settings)); // expected MAG001
    }
}
