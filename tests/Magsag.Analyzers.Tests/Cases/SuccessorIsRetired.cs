// MAG009: the successor that is named is one that is served.
using OpenAI.Chat;
public static class Chain
{
    public static ChatClient First(string key) => new("o1-mini", key);  // expected MAG009
    public static ChatClient Second(string key) => new("o4-mini", key); // expected MAG009
}
