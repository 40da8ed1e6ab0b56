using System.Text.Json.Nodes;

namespace Flama.AspNetCore.OpenApi;

/// <summary>A request that was tried and what the method answered.</summary>
/// <param name="Request">The request, with rows as lists (or texts, or records) or tensors as nested lists.</param>
/// <param name="Objects">The same request with rows as objects by feature name; null when there is no such form.</param>
/// <param name="Answer">The answer.</param>
internal sealed record ModelExample(JsonObject Request, JsonObject? Objects, JsonObject Answer);
