using System.Text.Json.Serialization;

namespace Flama.AspNetCore;

/// <summary>A part of a collection, in the shape of the Python original: <c>{"meta": {…}, "data": […]}</c>.</summary>
/// <typeparam name="T">An item.</typeparam>
/// <typeparam name="TMeta">How the part is told: <see cref="PageNumberMeta"/> or <see cref="LimitOffsetMeta"/>.</typeparam>
/// <param name="Meta">Which part it is.</param>
/// <param name="Data">The items of the part; none behind the end.</param>
public sealed record Page<T, TMeta>(
    [property: JsonPropertyName("meta")] TMeta Meta,
    [property: JsonPropertyName("data")] IReadOnlyList<T> Data);
