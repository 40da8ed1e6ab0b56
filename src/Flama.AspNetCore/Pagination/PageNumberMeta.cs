using System.Text.Json.Serialization;

namespace Flama.AspNetCore;

/// <summary>Which page of a collection it is.</summary>
/// <param name="Page">The page, counted from 1.</param>
/// <param name="PageSize">The most items of a page.</param>
/// <param name="Count">The items of all pages; null where nobody asked.</param>
public sealed record PageNumberMeta(
    [property: JsonPropertyName("page")] int Page,
    [property: JsonPropertyName("page_size")] int PageSize,
    [property: JsonPropertyName("count")] long? Count);
