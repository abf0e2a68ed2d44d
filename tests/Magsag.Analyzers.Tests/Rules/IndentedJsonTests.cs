using Magsag.Analyzers.CodeFixes;

namespace Magsag.Analyzers.Tests;

public sealed class IndentedJsonTests
{
    private static string InMethod(string body) =>
        $$"""
        class C
        {
            private static readonly System.Text.Json.JsonSerializerOptions Pretty = new() { WriteIndented = true };
            private static readonly System.Text.Json.JsonSerializerOptions Compact = new() { WriteIndented = false };

            async Task M(IChatClient c, ChatOptions o, object order)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("await c.GetResponseAsync(\"Order: \" + {|MAG007:System.Text.Json.JsonSerializer.Serialize(order, new System.Text.Json.JsonSerializerOptions { WriteIndented = true })|}, o);")]
    [InlineData("await c.GetResponseAsync($\"Order: {{|MAG007:System.Text.Json.JsonSerializer.Serialize(order, Pretty)|}}\", o);")]
    [InlineData("var json = {|MAG007:System.Text.Json.JsonSerializer.Serialize(order, Pretty)|}; await c.GetResponseAsync(\"Order: \" + json, o);")]
    [InlineData("var json = {|MAG007:System.Text.Json.JsonSerializer.Serialize(order, Pretty)|}; var h = new List<ChatMessage>(); h.Add(new(ChatRole.User, json)); await c.GetResponseAsync(h, o);")]
    public Task Json_for_people_in_a_prompt_is_underlined(string body) => Verify.DiagnosticsAsync(InMethod(body));

    [Theory]
    [InlineData("await c.GetResponseAsync(System.Text.Json.JsonSerializer.Serialize(order), o);")]
    [InlineData("await c.GetResponseAsync(System.Text.Json.JsonSerializer.Serialize(order, Compact), o);")]
    [InlineData("Console.WriteLine(System.Text.Json.JsonSerializer.Serialize(order, Pretty)); await c.GetResponseAsync(\"hi\", o);")]
    public Task Compact_json_and_json_for_people_is_left_alone(string body) => Verify.DiagnosticsAsync(InMethod(body));

    [Fact]
    public Task The_fix_turns_indentation_off() => Verify.FixAsync<IndentedJsonFix>(
        InMethod("await c.GetResponseAsync({|MAG007:System.Text.Json.JsonSerializer.Serialize(order, new System.Text.Json.JsonSerializerOptions { WriteIndented = true })|}, o);"),
        InMethod("await c.GetResponseAsync(System.Text.Json.JsonSerializer.Serialize(order, new System.Text.Json.JsonSerializerOptions { WriteIndented = false }), o);"));

    [Theory]
    [InlineData("System.Xml.Linq.XElement tree = new(\"order\");", "{|MAG007:tree.ToString()|}")]
    [InlineData("System.Text.Json.Nodes.JsonObject tree = new();", "{|MAG007:tree.ToString()|}")]
    [InlineData("System.Xml.Linq.XElement tree = new(\"order\");", "tree.ToString(System.Xml.Linq.SaveOptions.DisableFormatting)")]
    [InlineData("System.Text.Json.Nodes.JsonObject tree = new();", "tree.ToJsonString()")]
    [InlineData("object tree = order;", "tree.ToString()")]
    public Task Trees_of_xml_and_json_write_themselves_indented(string declaration, string text) =>
        Verify.DiagnosticsAsync(InMethod(declaration + " await c.GetResponseAsync(\"Check: \" + " + text + ", o);"));

    [Theory]
    [InlineData("System.Xml.Linq.XElement tree = new(\"order\");", "tree.ToString(System.Xml.Linq.SaveOptions.DisableFormatting)")]
    [InlineData("System.Text.Json.Nodes.JsonObject tree = new();", "tree.ToJsonString()")]
    public Task The_fix_makes_a_tree_write_itself_compactly(string declaration, string text) => Verify.FixAsync<IndentedJsonFix>(
        InMethod(declaration + " await c.GetResponseAsync(\"Check: \" + {|MAG007:tree.ToString()|}, o);"),
        InMethod(declaration + " await c.GetResponseAsync(\"Check: \" + " + text + ", o);"));

    [Theory]
    [InlineData("var text = new System.Text.StringBuilder(); using (var xml = System.Xml.XmlWriter.Create(text, new System.Xml.XmlWriterSettings { Indent = true })) { xml.WriteElementString(\"order\", \"1\"); }", true)]
    [InlineData("var settings = new System.Xml.XmlWriterSettings { Indent = true }; var text = new System.IO.StringWriter(); var xml = System.Xml.XmlWriter.Create(text, settings); xml.WriteElementString(\"order\", \"1\");", true)]
    [InlineData("var text = new System.IO.StringWriter(); var xml = new System.Xml.XmlTextWriter(text) { Formatting = System.Xml.Formatting.Indented };", true)]
    [InlineData("var text = new System.IO.StringWriter(); System.Xml.XmlTextWriter xml = new(text); xml.Formatting = System.Xml.Formatting.Indented;", true)]
    [InlineData("var text = new System.Text.StringBuilder(); using (var xml = System.Xml.XmlWriter.Create(text, new System.Xml.XmlWriterSettings { Indent = false })) { xml.WriteElementString(\"order\", \"1\"); }", false)]
    [InlineData("var text = new System.Text.StringBuilder(); var other = new System.Text.StringBuilder(); var xml = System.Xml.XmlWriter.Create(other, new System.Xml.XmlWriterSettings { Indent = true });", false)]
    [InlineData("var text = new System.IO.StringWriter(); var xml = new System.Xml.XmlTextWriter(text) { Formatting = System.Xml.Formatting.None };", false)]
    public Task Xml_that_a_writer_indents_is_underlined(string writing, bool indents) =>
        Verify.DiagnosticsAsync(InMethod(writing + " await c.GetResponseAsync(\"Check: \" + " + (indents ? "{|MAG007:text.ToString()|}" : "text.ToString()") + ", o);"));

    [Theory]
    [InlineData("var xml = System.Xml.XmlWriter.Create(text, new System.Xml.XmlWriterSettings { Indent = true });", "var xml = System.Xml.XmlWriter.Create(text, new System.Xml.XmlWriterSettings { Indent = false });")]
    [InlineData("var xml = new System.Xml.XmlTextWriter(text) { Formatting = System.Xml.Formatting.Indented };", "var xml = new System.Xml.XmlTextWriter(text) { Formatting = System.Xml.Formatting.None };")]
    public Task The_fix_makes_a_writer_write_compactly(string indented, string compact)
    {
        static string Writing(string writer, string text) => InMethod($"var text = new System.IO.StringWriter(); {writer} await c.GetResponseAsync(\"Check: \" + {text}, o);");
        return Verify.FixAsync<IndentedJsonFix>(Writing(indented, "{|MAG007:text.ToString()|}"), Writing(compact, "text.ToString()"));
    }

    [Theory]
    [InlineData("{|MAG007:Newtonsoft.Json.JsonConvert.SerializeObject(order, Newtonsoft.Json.Formatting.Indented)|}")]
    [InlineData("Newtonsoft.Json.JsonConvert.SerializeObject(order, Newtonsoft.Json.Formatting.None)")]
    public Task Json_of_Newtonsoft_is_judged_by_its_formatting(string text) => Verify.DiagnosticsAsync(
        InMethod("await c.GetResponseAsync(\"Check: \" + " + text + ", o);")
        + "\nnamespace Newtonsoft.Json { enum Formatting { None, Indented } static class JsonConvert { public static string SerializeObject(object value, Formatting formatting) => \"\"; } }");

    [Fact]
    public Task Options_that_others_may_share_have_no_fix() => Verify.NoFixAsync<IndentedJsonFix>(InMethod("await c.GetResponseAsync({|MAG007:System.Text.Json.JsonSerializer.Serialize(order, Pretty)|}, o);"));
}
