using System.Text.Json;

namespace Churn.Api;

/// <summary>Customers as the model was trained with them.</summary>
/// <param name="Input">A list of thirteen cells for each.</param>
internal sealed record Customers(JsonElement Input);
