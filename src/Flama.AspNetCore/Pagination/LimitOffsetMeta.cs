using System.Text.Json.Serialization;

namespace Flama.AspNetCore;

/// <summary>Which part of a collection it is.</summary>
/// <param name="Limit">The most items of the part.</param>
/// <param name="Offset">How many items stand before it.</param>
/// <param name="Count">The items of the whole collection; null where nobody asked.</param>
public sealed record LimitOffsetMeta(
    [property: JsonPropertyName("limit")] int Limit,
    [property: JsonPropertyName("offset")] int Offset,
    [property: JsonPropertyName("count")] long? Count);
