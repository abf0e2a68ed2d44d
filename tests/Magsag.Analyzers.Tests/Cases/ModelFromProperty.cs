// MAG002: the default of a property.
using OpenAI.Chat;
public sealed class Sites
{
    public string Configured { get; init; } = "gpt-4o";
    public ChatClient FromProperty(string key) => new(Configured, key); // expected MAG002 (default of a property)
}
