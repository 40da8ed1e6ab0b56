using System.Text.Json.Nodes;

namespace Flama.AspNetCore.OpenApi;

/// <summary>A request that was tried and what the methods answered.</summary>
/// <param name="Lists">The request with rows as lists (or texts, or records).</param>
/// <param name="Objects">The same request with rows as objects by feature name; null when the features have no names.</param>
/// <param name="Answers">The answer of each method, by name.</param>
internal sealed record ModelExample(JsonNode Lists, JsonNode? Objects, IReadOnlyDictionary<string, JsonNode> Answers);
