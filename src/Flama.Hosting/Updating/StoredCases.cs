using System.Globalization;
using Flama.Scoring;

namespace Flama.Hosting.Updating;

/// <summary>The questions and answers that a model was stored with.</summary>
internal static class StoredCases
{
    // Cases are a few rows; more than this is a table of data.
    private const int MaxBytes = 64 << 20;

    /// <summary>Asks a model what its own cases ask.</summary>
    /// <param name="loaded">The model, which the caller keeps alive.</param>
    /// <param name="tolerance">The largest relative difference between numbers that are still equal.</param>
    /// <returns>What differs first; null when nothing does, and for a model without cases.</returns>
    public static string? Replay(LoadedModel loaded, double tolerance)
    {
        try
        {
            var cases = loaded.ReadCases();
            var differences = cases.Count == 0 ? [] : ModelCases.Verify(loaded.Model, cases, tolerance);
            return differences.Count switch
            {
                0 => null,
                1 => SafeText.OneLine(differences[0]),
                var count => string.Create(CultureInfo.InvariantCulture, $"{SafeText.OneLine(differences[0])}, and {count - 1} more differences"),
            };
        }
        catch (FlamaException failure)
        {
            return $"its cases cannot be replayed ({failure.Code.Name}): {SafeText.OneLine(failure.Message).TrimEnd('.')}";
        }
    }

    /// <summary>Reads the cases of a model.</summary>
    public static IReadOnlyList<ModelCase> Read(LoadedModel loaded)
    {
        if (loaded.Artifacts?.TryGet(ModelCases.ArtifactName, out var artifact) == true)
        {
            using var stream = artifact.OpenRead();
            return ModelCases.Read(ReadAll(stream).Span);
        }

        return loaded.InputExample is { } rows ? [ModelCases.OfExample(rows)] : [];
    }

    private static ReadOnlyMemory<byte> ReadAll(Stream stream)
    {
        using MemoryStream content = new();
        var buffer = new byte[64 << 10];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            content.Write(buffer, 0, read);
            if (content.Length > MaxBytes)
            {
                throw new FlamaException(ErrorCodes.LimitExceeded, $"The artifact {ModelCases.ArtifactName} is larger than {MaxBytes} bytes.", "Store fewer rows.");
            }
        }

        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }
}
