// MAG002: the initial value of a property is the default, unless code in sight sets the property.
using OpenAI.Chat;
public sealed class Sites
{
    public string Configured { get; init; } = "gpt-4o";
    public string Overridden { get; set; } = "gpt-4o";
    public ChatClient FromProperty(string key) => new(Configured, key); // expected MAG002
    public ChatClient FromSetProperty(string key) => new(Overridden, key);
    public static Sites Cheap() => new() { Overridden = "gpt-4o-mini" };
}
