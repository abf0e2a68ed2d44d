using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Json.Schema;
using YamlDotNet.Serialization;

namespace Magsag.Gating.Tests;

/// <summary>Judges YAML by a published schema, as an editor does.</summary>
internal static class SchemaCheck
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
    private static readonly ISerializer Json = new SerializerBuilder().JsonCompatible().Build();

    // A schema with an id may be made only once in a process.
    private static readonly ConcurrentDictionary<string, Lazy<JsonSchema>> Schemas = new(StringComparer.Ordinal);

    public static bool Accepts(string schema, string yaml) =>
        Schemas.GetOrAdd(schema, static file => new(() => JsonSchema.FromFile(Path.Combine(AppContext.BaseDirectory, file)))).Value.Evaluate(JsonNode.Parse(Json.Serialize(Yaml.Deserialize<object>(yaml)))).IsValid;
}
