// MAG009: a cheap retired model has no fix that makes it a premium one; MAG002 says what the successors are.
using OpenAI.Chat;
public static class Retired
{
    public static ChatClient Before1(string key) => new("gpt-3.5-turbo", key); // expected MAG009
    public static ChatClient Before2(string key) => new("o4-mini", key);       // expected MAG009
    public static ChatClient Before3(string key) => new("gpt-4-turbo", key);   // expected MAG002 MAG009
    public static ChatClient After1(string key) => new("gpt-5.6-terra", key);  // expected MAG002
    public static ChatClient After3(string key) => new("gpt-5.6-sol", key);    // expected MAG002
}
