using System.Text.Json;

namespace Flama.Keras.Tests.Golden;

/// <summary>One case: a model, what is expected of it, inputs with outputs.</summary>
internal sealed record GoldenCase(string Name, string File, string Expect, double Absolute, double Relative, JsonElement Meta, JsonElement[] Checks, string Note)
{
    /// <summary>The signature of a SavedModel that is asked; empty elsewhere.</summary>
    public string Signature => Meta.TryGetProperty("signature", out var signature) ? signature.GetString() ?? "" : "";

    public static GoldenCase Parse(string name, Stream stream)
    {
        using var document = JsonDocument.Parse(stream);
        var root = document.RootElement.Clone();
        var meta = root.GetProperty("meta");
        var hasTolerance = meta.TryGetProperty("tolerance", out var tolerance) && tolerance.ValueKind == JsonValueKind.Object;
        return new(
            name, meta.GetProperty("file").GetString()!, meta.TryGetProperty("expect", out var expect) ? expect.GetString()! : "values", hasTolerance ? tolerance.GetProperty("atol").GetDouble() : 1e-5,
            hasTolerance ? tolerance.GetProperty("rtol").GetDouble() : 1e-5, meta, root.TryGetProperty("checks", out var checks) ? [.. checks.EnumerateArray()] : [],
            root.TryGetProperty("note", out var note) ? note.GetString() ?? "" : "");
    }
}
